// SPDX-License-Identifier: GPL-3.0-or-later

// What the tables of 10,000 streams and 100,000 consumers cost the GUI thread, beside a QStandardItemModel with a
// QSortFilterProxyModel on it that hold the same: until the first rows stand there, until all do while they come in
// pages, a reading in which one of a hundred has changed, and one more letter in the filter. CPU time of the thread, so
// that what runs beside it does not count.

#include "models/consumertablemodel.h"
#include "models/streamtablemodel.h"
#include "services/messaging/snapshotorder.h"
#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

constexpr int rounds = 5;
constexpr int changedOf = 100; // one of so many
constexpr double goal = 1.0;

double milliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

template <typename Work> double timeOf(Work work)
{
    const double begin = milliseconds();
    work();
    return milliseconds() - begin;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

QByteArray number(int value)
{
    return QByteArray::number(value).rightJustified(6, '0');
}

Stream streamAt(int row, int messages)
{
    const QByteArray info = R"({"config":{"name":"STREAM-)" + number(row) + R"(","subjects":["plant.)" + number(row)
        + R"(.>"],"retention":"limits","max_msgs":-1,"max_bytes":1073741824,"storage":"file","num_replicas":1},
"created":"2026-11-01T10:00:00.123456Z","state":{"messages":)"
        + QByteArray::number(messages) + R"(,"bytes":77000,"first_seq":3,"last_seq":9,"consumer_count":10}})";
    return *streamFromJson(QStringLiteral("default"), QJsonDocument::fromJson(info).object());
}

Consumer consumerAt(int row, int pending)
{
    const StreamId stream{QStringLiteral("default"), QStringLiteral("STREAM-") + QString::fromLatin1(number(row / 10))};
    const QByteArray info = R"({"name":"worker-)" + number(row) + R"(","created":"2026-11-01T10:00:00.123456Z",
"config":{"durable_name":"worker-)"
        + number(row) + R"(","deliver_policy":"all","ack_policy":"explicit","ack_wait":30000000000,"max_deliver":-1,
"filter_subject":"plant.a","replay_policy":"instant","max_waiting":512,"max_ack_pending":1000,"num_replicas":0},
"delivered":{"consumer_seq":5,"stream_seq":5,"last_active":"2026-11-23T13:09:37.041304564Z"},
"ack_floor":{"consumer_seq":5,"stream_seq":5},"num_ack_pending":0,"num_redelivered":0,"num_waiting":1,
"num_pending":)"
        + QByteArray::number(pending) + "}";
    return *consumerFromJson(stream, QJsonDocument::fromJson(info).object());
}

template <typename Model> struct Kind;
template <> struct Kind<StreamTableModel> {
    using Row = Stream;
    static constexpr const char *name = "10,000 streams";
    static constexpr int count = 10'000;
    static constexpr int page = 256;
    static constexpr int sortedBy = StreamTableModel::NameColumn;
    static Stream make(int row, int number) { return streamAt(row, number); }
};
template <> struct Kind<ConsumerTableModel> {
    using Row = Consumer;
    static constexpr const char *name = "100,000 consumers";
    static constexpr int count = 100'000;
    static constexpr int page = 10'000; // what a second brings
    static constexpr int sortedBy = ConsumerTableModel::StreamColumn;
    static Consumer make(int row, int number) { return consumerAt(row, number); }
};

template <typename Row> QList<Row> asDelivered(const QList<Row> &rows, const QList<Row> &before)
{
    std::optional<QList<Row>> delivered;
    QObject context;
    Pending<OrderedSnapshot<Row>> ordering = inOrder(rows, before);
    ordering.then(&context, [&delivered](const Result<OrderedSnapshot<Row>> &next) { delivered = next->items; });
    while (!delivered)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return *delivered;
}

/// The same texts in Qt's own models.
class Peer {
public:
    explicit Peer(int sortedBy)
    {
        m_proxy.setSourceModel(&m_items);
        m_proxy.setFilterKeyColumn(-1);
        m_proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
        m_proxy.setDynamicSortFilter(true);
        m_proxy.sort(sortedBy);
    }

    void append(const QList<QStringList> &rows)
    {
        for (const QStringList &cells : rows) {
            QList<QStandardItem *> row;
            for (const QString &cell : cells)
                row.append(new QStandardItem(cell));
            m_items.appendRow(row);
        }
    }
    void change(int row, int column, const QString &text) { m_items.item(row, column)->setText(text); }
    void filter(const QString &text) { m_proxy.setFilterFixedString(text); }
    int shown() const { return m_proxy.rowCount(); }

private:
    QStandardItemModel m_items;
    QSortFilterProxyModel m_proxy;
};

template <typename Model> QList<QStringList> textsOf(const QList<typename Kind<Model>::Row> &rows)
{
    Model texts;
    texts.setRows(rows);
    QList<QStringList> all;
    for (int row = 0; row < texts.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < texts.columnCount(); ++column)
            cells.append(texts.index(row, column).data().toString());
        all.append(cells);
    }
    return all;
}

struct Figures {
    std::vector<double> firstRow, allRows, change, keystroke; // ours / the peer's
    std::vector<double> longest; // of ours in milliseconds
};

template <typename Model> void measure(Figures &figures)
{
    using Own = Kind<Model>;
    using Row = typename Own::Row;
    QList<Row> before;
    QList<Row> after;
    for (int row = 0; row < Own::count; ++row) {
        before.append(Own::make(row, 7));
        after.append(Own::make(row, row % changedOf == 0 ? 8 : 7));
    }
    const QList<QStringList> texts = textsOf<Model>(before);
    const QList<Row> delivered = asDelivered(after, before);

    Model model;
    model.sort(Own::sortedBy);
    Peer peer(Own::sortedBy);
    double own = 0;
    double theirs = 0;
    double longest = 0;
    for (int end = Own::page;; end = std::min(end + Own::page, Own::count)) {
        const int begin = int(model.rows().size());
        const QList<Row> known = before.mid(0, end);
        const double part = timeOf([&] { model.setRows(known); });
        own += part;
        longest = std::max(longest, part);
        theirs += timeOf([&] { peer.append(texts.mid(begin, end - begin)); });
        if (begin == 0)
            figures.firstRow.push_back(own / theirs);
        if (end == Own::count)
            break;
    }
    figures.allRows.push_back(own / theirs);

    own = timeOf([&] { model.setRows(delivered); });
    longest = std::max(longest, own);
    theirs = timeOf([&] {
        for (int row = 0; row < Own::count; row += changedOf)
            peer.change(row, 6, QStringLiteral("8"));
    });
    figures.change.push_back(own / theirs);

    own = theirs = 0;
    for (const char *typed : {"0", "00", "004", "0042"}) {
        const QString text = QLatin1String(typed);
        const double part = timeOf([&] { model.setFilterText(text); });
        own += part;
        longest = std::max(longest, part);
        theirs += timeOf([&] { peer.filter(text); });
    }
    figures.keystroke.push_back(own / theirs);
    figures.longest.push_back(longest);
    if (model.rowCount() != peer.shown())
        std::fprintf(stderr, "shown: %d here, %d there\n", model.rowCount(), peer.shown());
}

bool report(const char *kind, const char *what, const std::vector<double> &ratios)
{
    const double measured = median(ratios);
    const bool holds = measured <= goal;
    std::printf("%s of %s / QSortFilterProxyModel  %.3f  <= %.3f  %s\n", what, kind, measured, goal,
        holds ? "holds" : "falls short");
    return holds;
}

template <typename Model> bool run()
{
    Figures figures;
    for (int round = 0; round < rounds; ++round)
        measure<Model>(figures);
    const char *name = Kind<Model>::name;
    std::fprintf(stderr, "%s: the longest handler took %.1f ms in the GUI thread\n", name, median(figures.longest));
    const bool isFirst = report(name, "time to the first row", figures.firstRow);
    const bool isAll = report(name, "time to all rows, in pages,", figures.allRows);
    const bool isChange = report(name, "1 % change", figures.change);
    const bool isKeystroke = report(name, "filter keystroke", figures.keystroke);
    return isFirst && isAll && isChange && isKeystroke;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const bool streamsHold = run<StreamTableModel>();
    const bool consumersHold = run<ConsumerTableModel>();
    return streamsHold && consumersHold ? 0 : 1;
}
