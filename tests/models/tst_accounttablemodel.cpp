// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounttablemodel.h"

#include "models/cellroles.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace {

AccountRow orders()
{
    AccountRow row;
    row.id = QStringLiteral("orders");
    row.account.name = row.id;
    row.account.displayName = QStringLiteral("Orders and payments");
    row.account.spec.limits = {10, 100, 2};
    row.account.credential = CredentialState::Active;
    row.used = {3, 12, 7, ByteCount::gibibytes(1), 1204};
    return row;
}

AccountRow unlimited()
{
    AccountRow row;
    row.id = QStringLiteral("edge");
    row.account.name = row.id;
    row.account.displayName = row.id;
    row.account.spec.description = QStringLiteral("Machines in the field");
    return row;
}

QString textOf(const AccountTableModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class AccountTableModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void showsUseAgainstLimits();
    void saysThatTheLimitOfConsumersIsForEachStream();
    void showsHowMuchOfTheStorageIsUsed();
    void warnsBeforeALimitIsReached_data();
    void warnsBeforeALimitIsReached();
    void showsTheCredentialAsABadge_data();
    void showsTheCredentialAsABadge();
    void showsWhatIsBeingDoneBeforeTheCredential();
    void sortsByUse();
    void filtersByNameAndDescription();
    void keepsAThousandRowsInOrder();
};

void AccountTableModelTest::showsUseAgainstLimits()
{
    AccountTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({unlimited(), orders()});
    QCOMPARE(textOf(model, 1, AccountTableModel::StreamsColumn), QStringLiteral("3 / 10"));
    QCOMPARE(textOf(model, 1, AccountTableModel::StorageColumn), QStringLiteral("1.0 GiB / 2.0 GiB"));
    QCOMPARE(textOf(model, 1, AccountTableModel::ConnectionsColumn), QStringLiteral("1,204"));
    for (const int column : {AccountTableModel::StreamsColumn, AccountTableModel::ConsumersColumn,
             AccountTableModel::StorageColumn, AccountTableModel::ConnectionsColumn})
        QCOMPARE(textOf(model, 0, column), QStringLiteral("–"));
}

void AccountTableModelTest::saysThatTheLimitOfConsumersIsForEachStream()
{
    AccountTableModel model;
    model.setRows({orders()});
    const QModelIndex cell = model.index(0, AccountTableModel::ConsumersColumn);
    QCOMPARE(cell.data().toString(), QStringLiteral("12 · 100 a stream"));
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("for each stream")));
    QCOMPARE(CellTone(cell.data(CellToneRole).toInt()), CellTone::Neutral);
}

void AccountTableModelTest::showsHowMuchOfTheStorageIsUsed()
{
    AccountTableModel model;
    model.setRows({unlimited(), orders()});
    QCOMPARE(model.index(1, AccountTableModel::StorageColumn).data(CellMeterRole).toDouble(), 0.5);
    QVERIFY(!model.index(0, AccountTableModel::StorageColumn).data(CellMeterRole).isValid());
    QVERIFY(!model.index(1, AccountTableModel::StreamsColumn).data(CellMeterRole).isValid());
}

void AccountTableModelTest::warnsBeforeALimitIsReached_data()
{
    QTest::addColumn<int>("streams");
    QTest::addColumn<CellTone>("tone");
    QTest::newRow("some") << 8 << CellTone::Neutral;
    QTest::newRow("nearly all") << 9 << CellTone::Warning;
    QTest::newRow("all") << 10 << CellTone::Warning;
    QTest::newRow("more, since the limit was lowered") << 12 << CellTone::Warning;
}

void AccountTableModelTest::warnsBeforeALimitIsReached()
{
    QFETCH(int, streams);
    AccountRow row = orders();
    row.used.streams = streams;
    AccountTableModel model;
    model.setRows({row});
    QTEST(CellTone(model.index(0, AccountTableModel::StreamsColumn).data(CellToneRole).toInt()), "tone");
    row.used.storage = ByteCount::gibibytes(2);
    model.setRows({row});
    QCOMPARE(CellTone(model.index(0, AccountTableModel::StorageColumn).data(CellToneRole).toInt()), CellTone::Bad);
}

void AccountTableModelTest::showsTheCredentialAsABadge_data()
{
    QTest::addColumn<CredentialState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<CellTone>("tone");
    QTest::newRow("active") << CredentialState::Active << QStringLiteral("Active") << CellTone::Good;
    QTest::newRow("pending") << CredentialState::PendingReload << QStringLiteral("Pending reload") << CellTone::Accent;
    QTest::newRow("rotating") << CredentialState::Rotating << QStringLiteral("Rotating") << CellTone::Accent;
    QTest::newRow("drifted") << CredentialState::Drifted << QStringLiteral("Drifted") << CellTone::Warning;
    QTest::newRow("unknown") << CredentialState::Unknown << QStringLiteral("Not known") << CellTone::Neutral;
}

void AccountTableModelTest::showsTheCredentialAsABadge()
{
    QFETCH(CredentialState, state);
    AccountRow row = orders();
    row.account.credential = state;
    AccountTableModel model;
    model.setRows({row});
    const QModelIndex cell = model.index(0, AccountTableModel::CredentialColumn);
    QTEST(cell.data().toString(), "text");
    QTEST(CellTone(cell.data(CellToneRole).toInt()), "tone");
    QVERIFY(cell.data(CellBadgeRole).toBool());
    QVERIFY(!model.index(0, AccountTableModel::NameColumn).data(CellBadgeRole).toBool());
}

void AccountTableModelTest::showsWhatIsBeingDoneBeforeTheCredential()
{
    AccountRow row = orders();
    row.account.operation = AccountOperation{AccountOperation::Kind::Rotate, AccountOperation::State::Running,
        QStringLiteral("1"), QStringLiteral("ana@laptop"), {}, {}};
    AccountTableModel model;
    model.setRows({row});
    const QModelIndex cell = model.index(0, AccountTableModel::CredentialColumn);
    QCOMPARE(cell.data().toString(), QStringLiteral("Password changes"));
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("ana@laptop")));
    row.account.operation->state = AccountOperation::State::Failed;
    model.setRows({row});
    QCOMPARE(cell.data().toString(), QStringLiteral("Rotation failed"));
    QCOMPARE(CellTone(cell.data(CellToneRole).toInt()), CellTone::Bad);
    row.account.operation->state = AccountOperation::State::Done;
    model.setRows({row});
    QCOMPARE(cell.data().toString(), QStringLiteral("Active"));
}

void AccountTableModelTest::sortsByUse()
{
    AccountRow small = orders();
    small.id = QStringLiteral("small");
    small.used.storage = ByteCount{999};
    AccountTableModel model;
    model.setRows({unlimited(), orders(), small});
    model.sort(AccountTableModel::StorageColumn);
    QCOMPARE(model.rowAt(0).id, QStringLiteral("edge")); // what isn't known comes first
    QCOMPARE(model.rowAt(1).id, small.id);
    model.sort(AccountTableModel::StorageColumn, Qt::DescendingOrder);
    QCOMPARE(model.rowAt(0).id, QStringLiteral("orders"));
}

void AccountTableModelTest::filtersByNameAndDescription()
{
    AccountTableModel model;
    model.setRows({unlimited(), orders()});
    model.setFilterText(QStringLiteral("FIELD edge"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowAt(0).id, QStringLiteral("edge"));
    model.setFilterText(QStringLiteral("payments"));
    QCOMPARE(model.rowAt(0).id, QStringLiteral("orders"));
}

void AccountTableModelTest::keepsAThousandRowsInOrder()
{
    QList<AccountRow> rows;
    for (int i = 0; i < 1000; ++i) {
        AccountRow row = orders();
        row.id = QStringLiteral("tenant-%1").arg(i);
        row.account.name = row.id;
        row.used.connections = i;
        rows.append(row);
    }
    AccountTableModel model;
    model.setRows(rows);
    model.sort(AccountTableModel::NameColumn);
    QCOMPARE(model.rowAt(2).id, QStringLiteral("tenant-2"));
    QCOMPARE(model.rowAt(999).id, QStringLiteral("tenant-999"));
    const QPersistentModelIndex kept = model.index(500, 0);
    rows.removeFirst();
    model.setRows(rows);
    QCOMPARE(kept.data().toString(), QStringLiteral("tenant-500"));
}

QTEST_GUILESS_MAIN(AccountTableModelTest)
#include "tst_accounttablemodel.moc"
