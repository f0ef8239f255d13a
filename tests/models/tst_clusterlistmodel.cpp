// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterlistmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace {

ClusterEntry entry(const QString &name, const QString &source)
{
    ClusterEntry entry;
    entry.id = source + u'#' + name;
    entry.name = name;
    entry.source = source;
    return entry;
}

QStringList rowsOf(const ClusterListModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        const bool isHeading = index.data(ClusterListModel::IsHeadingRole).toBool();
        rows.append((isHeading ? QStringLiteral("# ") : QString()) + index.data().toString());
    }
    return rows;
}

} // namespace

class TestClusterListModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsByFile();
    void filters();
    void keepsPersistentIndexesThroughChanges();
    void survivesRandomSnapshots();
    void headingsCannotBeSelected();
    void foldsTheArchivedOnes();
    void showsArchivedOnesThatAreOpenOrFound();
    void saysWhatIsWrong();
    void saysThatTlsIsNotVerified();
    void saysHowItsNatsIs();
};

void TestClusterListModel::groupsByFile()
{
    ClusterListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setEntries(
        {entry(u"prod"_qs, u"a.yaml"_qs), entry(u"local"_qs, u"b.yaml"_qs), entry(u"stage"_qs, u"a.yaml"_qs)});
    QCOMPARE(rowsOf(model), QStringList({u"# a.yaml"_qs, u"prod"_qs, u"stage"_qs, u"# b.yaml"_qs, u"local"_qs}));
}

void TestClusterListModel::foldsTheArchivedOnes()
{
    ClusterListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ClusterEntry old = entry(u"old"_qs, u"a.yaml"_qs);
    old.archived = true;
    model.setEntries({old, entry(u"prod"_qs, u"a.yaml"_qs)});
    const QStringList folded{u"# a.yaml"_qs, u"prod"_qs, u"# Archived (1)"_qs};
    QCOMPARE(rowsOf(model), folded);
    QVERIFY(model.index(2).data(ClusterListModel::IsFoldRole).toBool());
    model.toggleArchived();
    QCOMPARE(rowsOf(model), folded + QStringList{u"old"_qs});
    QVERIFY(model.index(2).data(Qt::AccessibleTextRole).toString().endsWith(u"shown"_qs));
    model.toggleArchived();
    QCOMPARE(rowsOf(model), folded);
}

void TestClusterListModel::showsArchivedOnesThatAreOpenOrFound()
{
    ClusterListModel model;
    ClusterEntry old = entry(u"old"_qs, u"a.yaml"_qs);
    old.archived = true;
    model.setEntries({old});
    QCOMPARE(rowsOf(model), QStringList{u"# Archived (1)"_qs});
    model.setFilter(u"ol"_qs);
    QCOMPARE(rowsOf(model), QStringList({u"# Archived (1)"_qs, u"old"_qs}));
    model.setFilter({});
    old.state = ClusterEntry::State::Online;
    model.setEntries({old});
    QCOMPARE(rowsOf(model), QStringList({u"# Archived (1)"_qs, u"old"_qs}));
}

void TestClusterListModel::filters()
{
    ClusterListModel model;
    model.setEntries({entry(u"prod"_qs, u"a.yaml"_qs), entry(u"local"_qs, u"b.yaml"_qs)});
    model.setFilter(u" LOC "_qs);
    QCOMPARE(rowsOf(model), QStringList({u"# b.yaml"_qs, u"local"_qs}));
    model.setFilter(u"nothing like it"_qs);
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 4);
}

void TestClusterListModel::keepsPersistentIndexesThroughChanges()
{
    ClusterListModel model;
    ClusterEntry local = entry(u"local"_qs, u"a.yaml"_qs);
    model.setEntries({entry(u"prod"_qs, u"a.yaml"_qs), local});
    const QPersistentModelIndex kept = model.indexOf(local.id);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

    local.state = ClusterEntry::State::Online;
    model.setEntries({entry(u"new"_qs, u"a.yaml"_qs), local});
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data().toString(), u"local"_qs);
    QCOMPARE(kept.data(ClusterListModel::StateRole).toInt(), int(ClusterEntry::State::Online));
    QCOMPARE(changes.count(), 1);
    QCOMPARE(resets.count(), 0);
}

void TestClusterListModel::survivesRandomSnapshots()
{
    QRandomGenerator random(7);
    ClusterListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int round = 0; round < 200; ++round) {
        QList<ClusterEntry> entries;
        for (int i = 0; i < 12; ++i) {
            if (random.bounded(3) != 0)
                entries.append(entry(QString::number(i), QString::number(i % 3)));
        }
        std::shuffle(entries.begin(), entries.end(), random);
        model.setEntries(entries);
        ClusterListModel fresh;
        fresh.setEntries(entries);
        QCOMPARE(rowsOf(model), rowsOf(fresh));
    }
}

void TestClusterListModel::headingsCannotBeSelected()
{
    ClusterListModel model;
    model.setEntries({entry(u"prod"_qs, u"a.yaml"_qs)});
    QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
    QVERIFY(model.flags(model.index(1)) & Qt::ItemIsSelectable);
    QVERIFY(!model.indexOf({}).isValid());
}

void TestClusterListModel::saysWhatIsWrong()
{
    ClusterListModel model;
    ClusterEntry broken = entry(u"old"_qs, u"a.yaml"_qs);
    broken.state = ClusterEntry::State::Broken;
    broken.problem = u"There is no user \"x\" in the file."_qs;
    model.setEntries({broken});
    QVERIFY(model.index(1).data(Qt::ToolTipRole).toString().contains(broken.problem));
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains(u"can't be opened"_qs));
    broken.state = ClusterEntry::State::Refused;
    model.setEntries({broken});
    QVERIFY(model.index(1).data(Qt::AccessibleTextRole).toString().contains(u"refused by the server"_qs));
}

void TestClusterListModel::saysThatTlsIsNotVerified()
{
    ClusterListModel model;
    ClusterEntry trusting = entry(u"lab"_qs, u"a.yaml"_qs);
    trusting.skipsTlsVerification = true;
    model.setEntries({entry(u"prod"_qs, u"a.yaml"_qs), trusting});
    QVERIFY(!model.index(1).data(Qt::ToolTipRole).toString().contains(u"TLS not verified"_qs));
    QVERIFY(model.index(2).data(Qt::ToolTipRole).toString().contains(u"TLS not verified"_qs));
    QVERIFY(model.index(2).data(Qt::AccessibleTextRole).toString().contains(u"TLS not verified"_qs));
}

void TestClusterListModel::saysHowItsNatsIs()
{
    ClusterListModel model;
    ClusterEntry failed = entry(u"lab"_qs, u"a.yaml"_qs);
    failed.runtime = u"failed"_qs;
    failed.serverVersion = u"v1.36.2"_qs;
    model.setEntries({entry(u"prod"_qs, u"a.yaml"_qs), failed});
    QVERIFY(model.index(1).data(ClusterListModel::RuntimeRole).toString().isEmpty());
    QCOMPARE(model.index(2).data(ClusterListModel::RuntimeRole).toString(), u"failed"_qs);
    for (const int role : {int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
        QVERIFY(model.index(2).data(role).toString().contains(u"NATS: failed"_qs));
    QVERIFY(model.index(2).data(Qt::ToolTipRole).toString().contains(u"v1.36.2 when last seen"_qs));
}

QTEST_APPLESS_MAIN(TestClusterListModel)
#include "tst_clusterlistmodel.moc"
