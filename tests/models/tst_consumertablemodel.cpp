// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/consumertablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

Consumer worker(const QString &name)
{
    Consumer consumer;
    consumer.id = {{QStringLiteral("shop"), QStringLiteral("ORDERS")}, name};
    consumer.config = {
        {QStringLiteral("ack_policy"), QStringLiteral("explicit")},
        {QStringLiteral("filter_subject"), QStringLiteral("orders.paid")},
    };
    return consumer;
}

QString textOf(const ConsumerTableModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class ConsumerTableModelTest final : public QObject {
    Q_OBJECT

private slots:
    void showsWhatTheServerSays();
    void keepsOneNameOnTwoStreamsApart();
    void sortsNumbersAsNumbers();
    void warnsOnceNobodyHasPulledForLong();
    void saysThatNobodyHasPulledSoFar();
    void filtersOverStreamAndFilterSubjects();
    void countsThoseShownThatAreBehind();
    void sortsByStateAsTimePasses();
};

void ConsumerTableModelTest::showsWhatTheServerSays()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    Consumer consumer = worker(QStringLiteral("billing"));
    consumer.pending = 1234;
    ConsumerTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({consumer});
    QCOMPARE(textOf(model, 0, ConsumerTableModel::StreamColumn), QStringLiteral("ORDERS"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::NameColumn), QStringLiteral("billing"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::AccountColumn), QStringLiteral("shop"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::ModeColumn), QStringLiteral("pull"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::AckPolicyColumn), QStringLiteral("explicit"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::PendingColumn), QStringLiteral("1,234"));
    QCOMPARE(textOf(model, 0, ConsumerTableModel::LastActivityColumn), QStringLiteral("never"));
    QVERIFY(!textOf(model, 0, ConsumerTableModel::StateColumn).isEmpty());
}

void ConsumerTableModelTest::keepsOneNameOnTwoStreamsApart()
{
    Consumer other = worker(QStringLiteral("billing"));
    other.id.stream.name = QStringLiteral("PAYMENTS");
    ConsumerTableModel model;
    model.setRows({worker(QStringLiteral("billing")), other});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.indexOf(other.id).row(), 1);
}

void ConsumerTableModelTest::sortsNumbersAsNumbers()
{
    Consumer few = worker(QStringLiteral("few"));
    few.pending = 9;
    Consumer many = worker(QStringLiteral("many"));
    many.pending = 10;
    ConsumerTableModel model;
    model.setRows({few, many});
    model.sort(ConsumerTableModel::PendingColumn, Qt::DescendingOrder);
    QCOMPARE(model.rowAt(0).id, many.id);
}

void ConsumerTableModelTest::warnsOnceNobodyHasPulledForLong()
{
    const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    Consumer consumer = worker(QStringLiteral("billing"));
    consumer.pending = 5;
    consumer.lastDelivery = noon;
    ConsumerTableModel model;
    model.setRows({consumer});
    const QModelIndex state = model.index(0, ConsumerTableModel::StateColumn);
    model.setNow(noon.addSecs(2), 0, 0);
    QCOMPARE(state.data().toString(), QStringLiteral("Between pulls"));
    QCOMPARE(state.data(CellToneRole).toInt(), int(CellTone::Neutral));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(noon.addSecs(3600), 0, 0);
    QVERIFY(state.data().toString().startsWith(QStringLiteral("Nobody pulls")));
    QCOMPARE(state.data(CellToneRole).toInt(), int(CellTone::Warning));
    QVERIFY(changed.first().at(1).toModelIndex().column() >= ConsumerTableModel::StateColumn);
}

void ConsumerTableModelTest::saysThatNobodyHasPulledSoFar()
{
    const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    Consumer consumer = worker(QStringLiteral("billing"));
    consumer.pending = 2000;
    consumer.created = noon;
    ConsumerTableModel model;
    model.setRows({consumer});
    const QModelIndex state = model.index(0, ConsumerTableModel::StateColumn);
    const QString words = QStringLiteral("No worker has pulled a message so far");
    model.setNow(noon.addSecs(2), 0, 0);
    QCOMPARE(state.data().toString(), words);
    QCOMPARE(state.data(CellToneRole).toInt(), int(CellTone::Neutral));
    model.setNow(noon.addSecs(3600), 0, 0);
    QCOMPARE(state.data().toString(), words);
    QCOMPARE(state.data(CellToneRole).toInt(), int(CellTone::Warning));
    // after a restart the server doesn't know when
    consumer.deliveries = 1;
    model.setRows({consumer});
    QVERIFY(state.data().toString().startsWith(QStringLiteral("Nobody pulls")));
    model.setNow(noon.addSecs(2), 0, 0);
    QCOMPARE(state.data().toString(), QStringLiteral("Between pulls"));
}

void ConsumerTableModelTest::filtersOverStreamAndFilterSubjects()
{
    ConsumerTableModel model;
    model.setRows({worker(QStringLiteral("billing"))});
    model.setFilterText(QStringLiteral("ORDERS paid"));
    QCOMPARE(model.rowCount(), 1);
    model.setFilterText(QStringLiteral("payments"));
    QCOMPARE(model.rowCount(), 0);
}

void ConsumerTableModelTest::countsThoseShownThatAreBehind()
{
    Consumer billing = worker(QStringLiteral("billing"));
    Consumer mail = worker(QStringLiteral("mail"));
    mail.pending = 3;
    ConsumerTableModel model;
    model.setRows({billing, mail});
    QCOMPARE(model.countedRows(), 1);
    billing.pending = 1;
    model.setRows({worker(QStringLiteral("audit")), billing, mail});
    QCOMPARE(model.countedRows(), 2);
    model.setFilterText(QStringLiteral("mail"));
    QCOMPARE(model.countedRows(), 1);
    mail.pending = 0;
    model.setRows({mail});
    QCOMPARE(model.countedRows(), 0);
}

void ConsumerTableModelTest::sortsByStateAsTimePasses()
{
    const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    Consumer waiting = worker(QStringLiteral("waiting"));
    waiting.pending = 5;
    waiting.lastDelivery = noon;
    ConsumerTableModel model;
    model.setNow(noon.addSecs(2), 0, 0);
    model.sort(ConsumerTableModel::StateColumn, Qt::DescendingOrder);
    model.setRows({worker(QStringLiteral("idle")), waiting});
    QCOMPARE(model.rowAt(0).id.name, QStringLiteral("idle"));
    model.setNow(noon.addSecs(3600), 0, 1);
    model.setRows({worker(QStringLiteral("idle")), waiting});
    QCOMPARE(model.rowAt(0).id, waiting.id); // the worst first
}

QTEST_GUILESS_MAIN(ConsumerTableModelTest)
#include "tst_consumertablemodel.moc"
