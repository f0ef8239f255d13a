// SPDX-License-Identifier: GPL-3.0-or-later

// What a reading of ten thousand streams costs the GUI thread, every two seconds, when it reaches the table's model:
// against the same merge with every configuration compared in full, and against putting the rows into a
// QStandardItemModel; and whether a filter and the order of a text change that. CPU time of the thread, so that what
// runs beside it does not count.

#include "models/streamtablemodel.h"
#include "services/messaging/snapshotorder.h"
#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QStandardItemModel>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

constexpr int streamCount = 10'000;
constexpr int changedCount = 100;
constexpr int rounds = 9;
constexpr double compareGoal = 0.25;
constexpr double itemsGoal = 0.25;

/// As a server of a cluster answers, shortened by nothing that is compared.
QByteArray streamInfo(int number, int messages)
{
    return R"({"type":"io.nats.jetstream.api.v1.stream_info_response","config":{"name":"STREAM-)"
        + QByteArray::number(number) + R"(","subjects":["plant.)" + QByteArray::number(number)
        + R"(.>","audit.*.settled"],"retention":"limits","max_consumers":-1,"max_msgs":-1,"max_bytes":1073741824,
"max_age":2592000000000000,"max_msgs_per_subject":-1,"max_msg_size":-1,"discard":"old","storage":"file","num_replicas":3,
"duplicate_window":120000000000,"compression":"none","allow_direct":true,"mirror_direct":false,"sealed":false,
"deny_delete":false,"deny_purge":false,"allow_rollup_hdrs":false,"consumer_limits":{},"metadata":
{"pennant.app/linked-app":"shop","_nats.ver":"2.14.9","_nats.level":"2","_nats.req.level":"0"}},
"created":"2026-11-01T10:00:00.123456Z","state":{"messages":)"
        + QByteArray::number(messages) + R"(,"bytes":77000,"first_seq":3,"first_ts":"2026-11-23T13:09:37.041304564Z",
"last_seq":9,"last_ts":"2026-11-23T13:09:37.041304564Z","consumer_count":2},"cluster":{"name":"pennant",
"leader":"nats-1","replicas":[{"name":"nats-0","current":true,"active":310877651},
{"name":"nats-2","current":true,"active":310877651}]}})";
}

/// Taken apart anew, so that nothing of it is shared with another reading.
QList<Stream> reading(int messagesOfChanged)
{
    QList<Stream> streams;
    streams.reserve(streamCount);
    for (int number = 0; number < streamCount; ++number) {
        const bool isChanged = number % (streamCount / changedCount) == 0;
        const QByteArray info = streamInfo(number, isChanged ? messagesOfChanged : 7);
        streams.append(*streamFromJson(QStringLiteral("default"), QJsonDocument::fromJson(info).object()));
    }
    std::sort(streams.begin(), streams.end(), [](const Stream &a, const Stream &b) { return a.id < b.id; });
    return streams;
}

/// The reading as it comes out of the background.
SnapshotStep<Stream> asDelivered(const QList<Stream> &streams, const QList<Stream> &before)
{
    std::optional<SnapshotStep<Stream>> delivered;
    QObject context;
    Pending<SnapshotStep<Stream>> ordering = inOrder(streams, before);
    ordering.then(&context, [&delivered](const Result<SnapshotStep<Stream>> &next) { delivered = *next; });
    while (!delivered)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return *delivered;
}

double milliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// How a person looks at the table.
struct Look {
    StreamTableModel::Column sortedBy = StreamTableModel::NameColumn; // as the page begins
    QString filter = {};
};

void rest(const KeyedTableModel &model)
{
    while (model.isArranging())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

double timeOfMerge(const QList<Stream> &before, const QList<Stream> &next, const SnapshotStep<Stream> &step = {},
    const Look &look = {})
{
    StreamTableModel model;
    model.sort(look.sortedBy);
    model.setFilterText(look.filter);
    model.setRows(before);
    rest(model);
    const double begin = milliseconds();
    model.setRows(next, step);
    rest(model);
    return milliseconds() - begin;
}

double timeOfItems(const QList<Stream> &streams)
{
    StreamTableModel texts;
    texts.setRows(streams);
    rest(texts);
    QList<QStringList> rows;
    for (int row = 0; row < texts.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < texts.columnCount(); ++column)
            cells.append(texts.index(row, column).data().toString());
        rows.append(cells);
    }
    QStandardItemModel items;
    const double begin = milliseconds();
    for (const QStringList &cells : std::as_const(rows)) {
        QList<QStandardItem *> row;
        for (const QString &cell : cells)
            row.append(new QStandardItem(cell));
        items.appendRow(row);
    }
    return milliseconds() - begin;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

bool report(const char *name, double measured, double goal)
{
    const bool holds = measured <= goal;
    std::printf("%s  %.3f  <= %.3f  %s\n", name, measured, goal, holds ? "holds" : "falls short");
    return holds;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::vector<double> merges;
    std::vector<double> toCompare;
    std::vector<double> toItems;
    std::vector<double> filtered;
    for (int round = 0; round < rounds; ++round) {
        const QList<Stream> before = reading(8);
        const QList<Stream> next = reading(9);
        const double inFull = timeOfMerge(before, next);
        const SnapshotStep<Stream> delivered = asDelivered(next, before);
        const double merge = timeOfMerge(before, delivered.after, delivered);
        merges.push_back(merge);
        filtered.push_back(timeOfMerge(before, delivered.after, delivered,
                               {StreamTableModel::SubjectsColumn, QStringLiteral("settled")})
            / inFull);
        toCompare.push_back(merge / inFull);
        toItems.push_back(merge / timeOfItems(next));
    }
    std::fprintf(stderr, "10,000 streams, 100 of them changed: %.1f ms in the GUI thread\n", median(merges));
    const bool compareHolds =
        report("merge of 10,000 streams / with every configuration compared", median(toCompare), compareGoal);
    const bool itemsHold = report("merge of 10,000 streams / filling a QStandardItemModel", median(toItems), itemsGoal);
    const bool filterHolds = report(
        "the same, filtered and sorted by subjects / with every configuration compared", median(filtered), compareGoal);
    return compareHolds && itemsHold && filterHolds ? 0 : 1;
}
