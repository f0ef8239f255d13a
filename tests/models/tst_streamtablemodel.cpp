// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/streamtablemodel.h"

#include "models/cellroles.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

namespace {

Stream orders()
{
    Stream stream;
    stream.id = {QStringLiteral("shop"), QStringLiteral("ORDERS")};
    stream.config = {
        {QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>"), QStringLiteral("returns.*")}},
        {QStringLiteral("retention"), QStringLiteral("workqueue")},
        {QStringLiteral("storage"), QStringLiteral("file")},
        {QStringLiteral("num_replicas"), 3},
    };
    stream.messages = 48201553;
    stream.bytes = ByteCount::mebibytes(3);
    stream.currentReplicas = 3;
    stream.leader = QStringLiteral("nats-0");
    return stream;
}

QString textOf(const StreamTableModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class StreamTableModelTest final : public QObject {
    Q_OBJECT

private slots:
    void showsWhatTheServerSays();
    void marksWhatIsNotWell_data();
    void marksWhatIsNotWell();
    void tagsWhatAnotherToolKeeps();
    void tagsBuckets();
    void showsAndFindsTheLinkedApp();
    void sortsNumbersAsNumbers();
    void filtersOverSubjectsAndAccount();
    void updatesOnlyTimesThatReadDifferently();
};

void StreamTableModelTest::showsWhatTheServerSays()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    StreamTableModel model;
    model.setRows({orders()});
    QCOMPARE(textOf(model, 0, StreamTableModel::SubjectsColumn), QStringLiteral("orders.>, returns.*"));
    QCOMPARE(textOf(model, 0, StreamTableModel::RetentionColumn), QStringLiteral("workqueue"));
    QCOMPARE(textOf(model, 0, StreamTableModel::ReplicasColumn), QStringLiteral("3"));
    QCOMPARE(textOf(model, 0, StreamTableModel::MessagesColumn), QStringLiteral("48,201,553"));
    QCOMPARE(textOf(model, 0, StreamTableModel::BytesColumn), QStringLiteral("3.0 MiB"));
    QCOMPARE(textOf(model, 0, StreamTableModel::LastMessageColumn), QStringLiteral("never"));
    QVERIFY(model.index(0, StreamTableModel::MessagesColumn).data(Qt::TextAlignmentRole).toInt() & Qt::AlignTrailing);
}

void StreamTableModelTest::marksWhatIsNotWell_data()
{
    QTest::addColumn<int>("current");
    QTest::addColumn<QString>("leader");
    QTest::addColumn<bool>("offline");
    QTest::addColumn<CellTone>("tone");
    QTest::addColumn<QString>("replicas");
    const QString leader = QStringLiteral("nats-0");
    QTest::newRow("well") << 3 << leader << false << CellTone::Neutral << QStringLiteral("3");
    QTest::newRow("one lags") << 2 << leader << false << CellTone::Warning << QStringLiteral("2/3");
    QTest::newRow("no leader") << 3 << QString() << false << CellTone::Bad << QStringLiteral("3");
    QTest::newRow("offline") << 0 << QString() << true << CellTone::Bad << QStringLiteral("3");
}

void StreamTableModelTest::marksWhatIsNotWell()
{
    QFETCH(int, current);
    QFETCH(QString, leader);
    QFETCH(bool, offline);
    Stream stream = orders();
    stream.currentReplicas = current;
    stream.leader = leader;
    stream.isOffline = offline;
    StreamTableModel model;
    model.setRows({stream});
    const QModelIndex name = model.index(0, StreamTableModel::NameColumn);
    QTEST(CellTone(name.data(CellToneRole).toInt()), "tone");
    QCOMPARE(name.data(CellMarkRole).toBool(), CellTone(name.data(CellToneRole).toInt()) != CellTone::Neutral);
    QTEST(textOf(model, 0, StreamTableModel::ReplicasColumn), "replicas");
}

void StreamTableModelTest::tagsWhatAnotherToolKeeps()
{
    Stream kept = orders();
    kept.owner = Owner{Owner::Tool::Nack, QStringLiteral("Stream"), QStringLiteral("orders"), QStringLiteral("prod")};
    StreamTableModel model;
    model.setRows({orders()});
    const QModelIndex name = model.index(0, StreamTableModel::NameColumn);
    QCOMPARE(name.data(CellTagRole).toString(), QString());
    model.setRows({kept});
    QCOMPARE(name.data(CellTagRole).toString(), QStringLiteral("NACK"));
    QVERIFY(name.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Stream orders in namespace prod")));
    QCOMPARE(model.index(0, StreamTableModel::StateColumn).data(CellTagRole).toString(), QString());
}

void StreamTableModelTest::tagsBuckets()
{
    Stream keys = orders();
    keys.id.name = QStringLiteral("KV_state");
    keys.config[QStringLiteral("subjects")] = QJsonArray{QStringLiteral("$KV.state.>")};
    Stream objects = orders();
    objects.id.name = QStringLiteral("OBJ_files");
    objects.config[QStringLiteral("subjects")] =
        QJsonArray{QStringLiteral("$O.files.C.>"), QStringLiteral("$O.files.M.>")};
    Stream onlyNamed = orders();
    onlyNamed.id.name = QStringLiteral("KV_other");
    StreamTableModel model;
    model.setRows({onlyNamed, keys, objects});
    const auto tag = [&model](int row) {
        return model.index(row, StreamTableModel::NameColumn).data(CellTagRole).toString();
    };
    QCOMPARE(tag(0), QString());
    QCOMPARE(tag(1), QStringLiteral("KV bucket"));
    QCOMPARE(tag(2), QStringLiteral("Object store"));
}

void StreamTableModelTest::showsAndFindsTheLinkedApp()
{
    Stream linked = orders();
    linked.config[QStringLiteral("metadata")] =
        QJsonObject{{QStringLiteral("pennant.app/linked-app"), QStringLiteral("shop/checkout")}};
    Stream other = orders();
    other.id.name = QStringLiteral("OTHER");
    StreamTableModel model;
    model.setRows({linked, other});
    QCOMPARE(textOf(model, 0, StreamTableModel::LinkedAppColumn), QStringLiteral("shop/checkout"));
    QCOMPARE(textOf(model, 1, StreamTableModel::LinkedAppColumn), QString());
    model.setFilterText(QStringLiteral("checkout"));
    QCOMPARE(model.rowCount(), 1);
}

void StreamTableModelTest::sortsNumbersAsNumbers()
{
    Stream nine = orders();
    nine.id.name = QStringLiteral("NINE");
    nine.messages = 9;
    nine.bytes = {999};
    StreamTableModel model;
    model.setRows({nine, orders()});
    model.sort(StreamTableModel::MessagesColumn);
    QCOMPARE(model.rowAt(0).id, nine.id);
    model.sort(StreamTableModel::BytesColumn, Qt::DescendingOrder);
    QCOMPARE(model.rowAt(1).id, nine.id);
}

void StreamTableModelTest::filtersOverSubjectsAndAccount()
{
    Stream other = orders();
    other.id = {QStringLiteral("edge"), QStringLiteral("DEVICES")};
    other.config = {{QStringLiteral("subjects"), QJsonArray{QStringLiteral("device.*.event")}}};
    StreamTableModel model;
    model.setRows({orders(), other});
    model.setFilterText(QStringLiteral("  EVENT   edge "));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowAt(0).id, other.id);
    model.setFilterText({});
    model.setAccount(QStringLiteral("shop"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowAt(0).id.account, QStringLiteral("shop"));
}

void StreamTableModelTest::updatesOnlyTimesThatReadDifferently()
{
    const QDateTime noon(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    Stream old = orders();
    old.id.name = QStringLiteral("OLD");
    old.lastMessageAt = noon.addDays(-3);
    Stream fresh = orders();
    fresh.lastMessageAt = noon.addSecs(-2);
    StreamTableModel model;
    model.setNow(noon, 0, -1);
    model.setRows({old, fresh});
    QCOMPARE(textOf(model, 1, StreamTableModel::LastMessageColumn), QStringLiteral("2 s ago"));
    QCOMPARE(textOf(model, 0, StreamTableModel::LastMessageColumn), QStringLiteral("3 d ago"));

    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(noon.addSecs(1), 0, 1);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex(), model.index(1, StreamTableModel::LastMessageColumn));
}

QTEST_GUILESS_MAIN(StreamTableModelTest)
#include "tst_streamtablemodel.moc"
