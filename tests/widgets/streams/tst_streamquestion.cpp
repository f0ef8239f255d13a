// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/streamspage.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

/// What the last question before a stream is deleted says of it.
class StreamQuestionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTheConsumersThatGoAlong_data();
    void countsTheConsumersThatGoAlong();
};

void StreamQuestionTest::countsTheConsumersThatGoAlong_data()
{
    QTest::addColumn<int>("consumers");
    QTest::addColumn<QString>("said");
    QTest::newRow("none") << 0 << QStringLiteral("0 consumers");
    QTest::newRow("one") << 1 << QStringLiteral("1 consumer");
    QTest::newRow("several") << 3 << QStringLiteral("3 consumers");
}

void StreamQuestionTest::countsTheConsumersThatGoAlong()
{
    QFETCH(int, consumers);
    QFETCH(QString, said);
    JetStreamFixture fixture;
    StreamService service(fixture.runtime, *fixture.connections, fixture.clock);
    StreamsPage page(fixture.runtime, fixture.accounts, service, fixture.clock);
    page.show();
    fixture.holdStreams({QStringLiteral("orders")}, consumers);
    service.refresh();
    QVERIFY(fixture.start());
    auto *table = page.findChild<TableView *>(QStringLiteral("streamTable"));
    QVERIFY(fixture.passTimeUntil([table] { return table->model()->rowCount() == 1; }));
    table->setCurrentIndex(table->model()->index(0, 0));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    const auto *question = page.findChild<ConfirmByTyping *>();
    QVERIFY(question);
    QStringList lines;
    for (const QLabel *label : question->findChildren<QLabel *>())
        lines.append(label->text().split(QStringLiteral("\n")));
    QVERIFY2(lines.contains(QStringLiteral("•  ") + said), qPrintable(lines.join(u'|')));
}

QTEST_MAIN(StreamQuestionTest)
#include "tst_streamquestion.moc"
