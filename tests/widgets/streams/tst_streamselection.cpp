// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/streamservice.h"
#include "tests/support/jetstreamfixture.h"
#include "widgets/common/confirmbytyping.h"
#include "widgets/common/tableview.h"
#include "widgets/streams/streamdetail.h"
#include "widgets/streams/streamspage.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// What is highlighted, what stands in the panel, and what is acted on are one stream.
class StreamSelectionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void choosesNothingThatAFilterLeaves();
    void deletesWhatIsHighlighted_data();
    void deletesWhatIsHighlighted();
    void showsWhatIsGoneAlongTo();
    void closesThePanelOfAStreamThatIsGone();
    void closesThePanelByAClickBesideTheRows();
    void startsWhereThePersonIs();

private:
    template <typename T> T *child(const char *name) const { return m_page->findChild<T *>(QLatin1String(name)); }
    TableView *table() const { return child<TableView>("streamTable"); }
    StreamDetail *detail() const { return m_page->findChild<StreamDetail *>(); }
    const ConfirmByTyping *question() const { return m_page->findChild<ConfirmByTyping *>(); }
    QStringList highlighted() const;
    void click(const QString &name);
    void filter(const char *words);

    std::unique_ptr<JetStreamFixture> m_fixture;
    std::unique_ptr<StreamService> m_service;
    std::unique_ptr<StreamsPage> m_page;
};

void StreamSelectionTest::init()
{
    m_fixture = std::make_unique<JetStreamFixture>();
    m_service = std::make_unique<StreamService>(m_fixture->runtime, *m_fixture->connections, m_fixture->clock);
    m_page = std::make_unique<StreamsPage>(m_fixture->runtime, m_fixture->accounts, *m_service, m_fixture->clock);
    m_page->resize(1200, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_fixture->holdStreams({text("ORDERS"), text("central-1"), text("central-2")});
    m_service->refresh();
    QVERIFY(m_fixture->start());
    QVERIFY(m_fixture->passTimeUntil([this] { return table()->model()->rowCount() == 3; }));
}

void StreamSelectionTest::cleanup()
{
    m_page.reset();
    m_service.reset();
    m_fixture.reset();
}

QStringList StreamSelectionTest::highlighted() const
{
    QStringList names;
    for (const QModelIndex &row : table()->selectionModel()->selectedRows(StreamTableModel::NameColumn))
        names << row.data().toString();
    return names;
}

void StreamSelectionTest::click(const QString &name)
{
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        const QModelIndex cell = table()->model()->index(row, StreamTableModel::NameColumn);
        if (cell.data().toString() == name)
            QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(cell).center());
    }
}

void StreamSelectionTest::filter(const char *words)
{
    child<QLineEdit>("streamFilterEdit")->setFocus();
    QTest::keyClicks(child<QLineEdit>("streamFilterEdit"), text(words));
}

void StreamSelectionTest::choosesNothingThatAFilterLeaves()
{
    click(text("ORDERS"));
    QVERIFY(detail()->isVisible());
    filter("central-2");
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(highlighted(), QStringList());
    QVERIFY(!detail()->isVisible());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(!question());
}

void StreamSelectionTest::deletesWhatIsHighlighted_data()
{
    QTest::addColumn<bool>("isByKey");
    QTest::newRow("by key") << true;
    QTest::newRow("by the panel's button") << false;
}

void StreamSelectionTest::deletesWhatIsHighlighted()
{
    QFETCH(bool, isByKey);
    click(text("ORDERS"));
    filter("central");
    QTest::keyClick(child<QLineEdit>("streamFilterEdit"), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(highlighted(), QStringList{text("central-2")});
    QCOMPARE(detail()->id().name, text("central-2"));
    QVERIFY(detail()->isVisible());
    if (isByKey)
        QTest::keyClick(table(), Qt::Key_Delete);
    else
        child<QPushButton>("deleteStreamButton")->click();
    QVERIFY(question());
    QVERIFY2(question()->windowTitle().contains(text("central-2")), qPrintable(question()->windowTitle()));
}

void StreamSelectionTest::showsWhatIsGoneAlongTo()
{
    click(text("central-1"));
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(highlighted(), QStringList{detail()->id().name});
    // also by what is no key of a person's
    table()->selectRow(0);
    QCOMPARE(highlighted(), QStringList{detail()->id().name});
}

void StreamSelectionTest::closesThePanelOfAStreamThatIsGone()
{
    click(text("central-1"));
    m_fixture->holdStreams({text("ORDERS"), text("central-2")});
    m_service->refresh();
    QVERIFY(m_fixture->passTimeUntil([this] { return table()->model()->rowCount() == 2; }));
    QVERIFY(!detail()->isVisible());
    QCOMPARE(highlighted(), QStringList());
    QVERIFY(table()->currentIndex().isValid());
}

void StreamSelectionTest::closesThePanelByAClickBesideTheRows()
{
    click(text("central-1"));
    QVERIFY(detail()->isVisible());
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(20, table()->viewport()->height() - 5));
    QCOMPARE(highlighted(), QStringList());
    QVERIFY(!detail()->isVisible());
}

void StreamSelectionTest::startsWhereThePersonIs()
{
    child<QLineEdit>("streamFilterEdit")->setFocus();
    QVERIFY(!table()->currentIndex().isValid());
    table()->setFocus(Qt::ShortcutFocusReason);
    QCOMPARE(table()->currentIndex().row(), 0);
    QCOMPARE(highlighted(), QStringList());
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(detail()->isVisible());
    QCOMPARE(highlighted(), QStringList{detail()->id().name});
}

QTEST_MAIN(StreamSelectionTest)
#include "tst_streamselection.moc"
