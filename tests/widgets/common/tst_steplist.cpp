// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/steplist.h"

#include "widgets/common/look.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <QVBoxLayout>

using namespace std::chrono_literals;

/// The steps take the room they need and can be read aloud.
class StepListTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void elapsedTimeInWords_data();
    void elapsedTimeInWords();
    void aNoteMakesRoomForItself();
    void narrowNotesWrap();
    void isGivenAllItNeedsWhereItIsNarrow();
    void readsAloud();
};

void StepListTest::elapsedTimeInWords_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("at once") << 40 << QStringLiteral("40 ms");
    QTest::newRow("short") << 180 << QStringLiteral("0.2 s");
    QTest::newRow("seconds") << 12'400 << QStringLiteral("12 s");
    QTest::newRow("almost a minute") << 59'800 << QStringLiteral("1 min 00 s");
    QTest::newRow("minutes") << 64'000 << QStringLiteral("1 min 04 s");
}

void StepListTest::elapsedTimeInWords()
{
    QLocale::setDefault(QLocale::c());
    QFETCH(int, milliseconds);
    QFETCH(QString, text);
    QCOMPARE(StepList::elapsedText(std::chrono::milliseconds(milliseconds)), text);
}

void StepListTest::aNoteMakesRoomForItself()
{
    StepList list;
    list.setSteps({{QStringLiteral("a"), QStringLiteral("Pods started"), RuntimeStep::State::Current, 12s, {}}});
    const int without = list.heightForWidth(400);
    list.setSteps({{QStringLiteral("a"), QStringLiteral("Pods started"), RuntimeStep::State::Current, 12s,
        QStringLiteral("nats-2 waits")}});
    QVERIFY(list.heightForWidth(400) > without);
}

void StepListTest::narrowNotesWrap()
{
    StepList list;
    list.setSteps({{QStringLiteral("a"), QStringLiteral("Pods started"), RuntimeStep::State::Failed, {},
        QStringLiteral("0/3 nodes are available: 1 node had volume node affinity conflict.")}});
    QVERIFY(list.heightForWidth(200) > list.heightForWidth(900));
}

/// A layout bounds it by its size hint, which has to be of the width that it really has.
void StepListTest::isGivenAllItNeedsWhereItIsNarrow()
{
    QWidget panel;
    auto *list = new StepList;
    auto *layout = new QVBoxLayout(&panel);
    layout->addWidget(list);
    layout->addStretch();
    RuntimeStep step;
    step.title = QStringLiteral("Login");
    step.state = RuntimeStep::State::Failed;
    step.note = QStringLiteral("The server refused the login: user or password is not what it knows. ").repeated(3);
    list->setSteps({step, step});
    panel.resize(320, 900);
    panel.show();
    QVERIFY(list->heightForWidth(list->width()) > list->heightForWidth(480));
    QTRY_COMPARE(list->height(), list->heightForWidth(list->width()));
}

void StepListTest::readsAloud()
{
    StepList list;
    list.setSteps({{QStringLiteral("a"), QStringLiteral("Secrets written"), RuntimeStep::State::Done, 1s, {}},
        {QStringLiteral("b"), QStringLiteral("Pods started"), RuntimeStep::State::Failed, {},
            QStringLiteral("No node")}});
    const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&list);
    const QString text = spoken->text(QAccessible::Description);
    QVERIFY(text.contains(QStringLiteral("Secrets written: done")));
    QVERIFY(text.contains(QStringLiteral("Pods started: failed")));
    QVERIFY(text.contains(QStringLiteral("No node")));
}

QTEST_MAIN(StepListTest)
#include "tst_steplist.moc"
