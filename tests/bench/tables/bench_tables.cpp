// SPDX-License-Identifier: GPL-3.0-or-later

// What the tables of 10,000 streams and 100,000 consumers cost the GUI thread, beside a QStandardItemModel with a
// QSortFilterProxyModel on it that hold the same: until the first rows stand there, until all do while they come in
// pages, a reading in which one of a hundred or every row has changed, one more letter in the filter, none any more,
// and the order of another column. And for how long any one of its handlers keeps the thread, beside a frame. CPU time
// of the thread, so that what runs beside it does not count.

#include "models/consumertablemodel.h"
#include "models/streamtablemodel.h"
#include "services/messaging/snapshotorder.h"
#include "services/nats/jetstreamapi.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <utility>
#include <vector>

namespace {

constexpr int rounds = 3;
constexpr int changedOf = 100; // one of so many
constexpr double frame = 16; // milliseconds

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

/// Measures every handler of the GUI thread.
class Application final : public QCoreApplication {
public:
    using QCoreApplication::QCoreApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        bool isHandled = false;
        note(timeOf([&] { isHandled = QCoreApplication::notify(receiver, event); }));
        return isHandled;
    }

    /// What `work` takes together with all that it leaves to the event loop, until `model` is at rest.
    template <typename Work> double timeUntilRest(const KeyedTableModel &model, Work work)
    {
        m_whole = 0;
        note(timeOf(work));
        while (model.isArranging())
            processEvents(QEventLoop::WaitForMoreEvents);
        return m_whole;
    }

    double takeLongest() { return std::exchange(m_longest, 0); }

private:
    void note(double handler)
    {
        m_whole += handler;
        m_longest = std::max(m_longest, handler);
    }

    double m_whole = 0;
    double m_longest = 0;
};

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
    static constexpr int sortedByNext = StreamTableModel::SubjectsColumn;
    static constexpr int changing = StreamTableModel::MessagesColumn;
    static Stream make(int row, int number) { return streamAt(row, number); }
};
template <> struct Kind<ConsumerTableModel> {
    using Row = Consumer;
    static constexpr const char *name = "100,000 consumers";
    static constexpr int count = 100'000;
    static constexpr int page = 10'000; // what a second brings
    static constexpr int sortedBy = ConsumerTableModel::StreamColumn;
    static constexpr int sortedByNext = ConsumerTableModel::NameColumn;
    static constexpr int changing = ConsumerTableModel::PendingColumn;
    static Consumer make(int row, int number) { return consumerAt(row, number); }
};

template <typename Row> SnapshotStep<Row> asDelivered(const QList<Row> &rows, const QList<Row> &before)
{
    std::optional<SnapshotStep<Row>> delivered;
    QObject context;
    Pending<SnapshotStep<Row>> ordering = inOrder(rows, before);
    ordering.then(&context, [&delivered](const Result<SnapshotStep<Row>> &next) { delivered = *next; });
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
    /// As who is told only what there is by now: every row is looked at, and shares what it can with the one before.
    template <typename Row> void follow(const QList<Row> &before, const QList<Row> &after, int column)
    {
        for (int row = 0; row < int(after.size()); ++row) {
            if (after.at(row) != before.at(row))
                change(row, column, QStringLiteral("8"));
        }
    }
    void filter(const QString &text) { m_proxy.setFilterFixedString(text); }
    void sort(int column) { m_proxy.sort(column); }
    int shown() const { return m_proxy.rowCount(); }

private:
    QStandardItemModel m_items;
    QSortFilterProxyModel m_proxy;
};

template <typename Model> QList<QStringList> textsOf(const QList<typename Kind<Model>::Row> &rows)
{
    QList<QStringList> all;
    for (const auto &row : rows) {
        Model texts;
        texts.setRows({row});
        QStringList cells;
        for (int column = 0; column < texts.columnCount(); ++column)
            cells.append(texts.index(0, column).data().toString());
        all.append(cells);
    }
    return all;
}

enum Step { FirstRow, AllRows, Change, ToldChange, WholeChange, Keystroke, NoFilter, OtherOrder, StepCount };

struct Goal {
    const char *step;
    const char *peer;
    double ratio; ///< 0: for information
};

constexpr std::array<Goal, StepCount> goals{{
    {"time to the first row", "QSortFilterProxyModel", 0.5},
    {"time to all rows, in pages,", "QSortFilterProxyModel", 0.5},
    {"1 % change", "the same compared row by row into a QSortFilterProxyModel", 0.5},
    {"1 % change", "a QSortFilterProxyModel that is told which cells", 0},
    {"change of every row", "the same compared row by row into a QSortFilterProxyModel", 0.5},
    {"filter keystroke", "QSortFilterProxyModel", 0.5},
    {"end of the filter", "QSortFilterProxyModel", 0.5},
    {"another order", "QSortFilterProxyModel", 1},
}};

struct Figures {
    std::array<std::vector<double>, StepCount> ratios; ///< ours / the peer's
    std::array<std::vector<double>, StepCount> longest; ///< of our handlers, in milliseconds
};

/// What the rounds read.
template <typename Model> struct Readings {
    using Row = typename Kind<Model>::Row;

    QList<Row> first = made(0);
    QList<Row> littleChanged = made(changedOf);
    QList<Row> allChanged = made(1);
    QList<QStringList> texts = textsOf<Model>(first);

    static QList<Row> made(int changed)
    {
        QList<Row> rows;
        for (int row = 0; row < Kind<Model>::count; ++row)
            rows.append(Kind<Model>::make(row, changed != 0 && row % changed == 0 ? 8 : 7));
        return rows;
    }
};

/// One round: both models go through all steps side by side.
template <typename Model> class Round final {
    using Own = Kind<Model>;
    using Row = typename Own::Row;

public:
    Round(Application &application, const Readings<Model> &readings, Figures &figures)
        : m_application(application)
        , m_readings(readings)
        , m_figures(figures)
        , m_peer(Own::sortedBy)
    {
        m_model.sort(Own::sortedBy);
    }

    void run()
    {
        fill();
        change(Change, m_readings.littleChanged);
        m_figures.ratios[ToldChange].push_back(m_own / timeOf([this] { tellPeer(); }));
        type();
        clear();
        change(WholeChange, m_readings.allChanged);
        sort();
        if (m_model.rowCount() != m_peer.shown())
            std::fprintf(stderr, "shown: %d here, %d there\n", m_model.rowCount(), m_peer.shown());
    }

private:
    void note(Step step, double own, double theirs)
    {
        m_figures.ratios[step].push_back(own / theirs);
        m_figures.longest[step].push_back(m_application.takeLongest());
    }

    void fill()
    {
        double own = 0;
        double theirs = 0;
        QList<Row> known;
        for (int end = Own::page; int(known.size()) < Own::count; end = std::min(end + Own::page, Own::count)) {
            const int begin = int(known.size());
            const SnapshotStep<Row> part = asDelivered(m_readings.first.mid(0, end), known);
            m_application.takeLongest();
            own += m_application.timeUntilRest(m_model, [&] { m_model.setRows(part.after, part); });
            theirs += timeOf([&] { m_peer.append(m_readings.texts.mid(begin, end - begin)); });
            known = part.after;
            if (begin == 0)
                m_figures.ratios[FirstRow].push_back(own / theirs);
            m_longestPart = std::max(m_longestPart, m_application.takeLongest());
            if (begin == 0)
                m_figures.longest[FirstRow].push_back(m_longestPart);
        }
        m_figures.ratios[AllRows].push_back(own / theirs);
        m_figures.longest[AllRows].push_back(m_longestPart);
        m_present = known;
    }

    void change(Step kind, const QList<Row> &reading)
    {
        const SnapshotStep<Row> step = asDelivered(reading, m_present);
        m_application.takeLongest();
        m_own = m_application.timeUntilRest(m_model, [&] { m_model.setRows(step.after, step); });
        note(kind, m_own, timeOf([&] { m_peer.follow(m_present, step.after, Own::changing); }));
        m_present = step.after;
    }

    void tellPeer()
    {
        for (int row = 0; row < Own::count; row += changedOf)
            m_peer.change(row, Own::changing, QStringLiteral("9"));
    }

    void type()
    {
        double own = 0;
        double theirs = 0;
        for (const char *typed : {"0", "00", "004", "0042"}) {
            const QString text = QLatin1String(typed);
            own += m_application.timeUntilRest(m_model, [&] { m_model.setFilterText(text); });
            theirs += timeOf([&] { m_peer.filter(text); });
        }
        note(Keystroke, own, theirs);
    }

    void clear()
    {
        const double own = m_application.timeUntilRest(m_model, [&] { m_model.setFilterText({}); });
        note(NoFilter, own, timeOf([&] { m_peer.filter({}); }));
    }

    void sort()
    {
        const double own =
            m_application.timeUntilRest(m_model, [&] { m_model.sort(Own::sortedByNext, Qt::DescendingOrder); });
        note(OtherOrder, own, timeOf([&] { m_peer.sort(Own::sortedByNext); }));
    }

    Application &m_application;
    const Readings<Model> &m_readings;
    Figures &m_figures;
    Model m_model;
    Peer m_peer;
    QList<Row> m_present;
    double m_longestPart = 0;
    double m_own = 0; ///< of the last change
};

bool report(const char *step, const char *kind, const char *peer, double measured, double goal)
{
    if (goal == 0) {
        std::fprintf(stderr, "%s of %s / %s  %.3f\n", step, kind, peer, measured);
        return true;
    }
    const bool holds = measured <= goal;
    std::printf(
        "%s of %s / %s  %.3f  <= %.3f  %s\n", step, kind, peer, measured, goal, holds ? "holds" : "falls short");
    return holds;
}

template <typename Model> bool run(Application &application)
{
    Figures figures;
    const Readings<Model> readings;
    for (int round = 0; round < rounds; ++round)
        Round<Model>(application, readings, figures).run();
    const char *kind = Kind<Model>::name;
    bool areAllHeld = true;
    double longest = 0;
    for (int step = 0; step < StepCount; ++step) {
        const Goal &goal = goals[step];
        if (!figures.longest[step].empty()) {
            const double handler = median(figures.longest[step]);
            longest = std::max(longest, handler);
            std::fprintf(stderr, "%s of %s: the longest handler took %.1f ms\n", goal.step, kind, handler);
        }
        areAllHeld = report(goal.step, kind, goal.peer, median(figures.ratios[step]), goal.ratio) && areAllHeld;
    }
    return report("longest handler", kind, "a frame", longest / frame, 1) && areAllHeld;
}

} // namespace

int main(int argc, char **argv)
{
    Application application(argc, argv);
    const bool streamsHold = run<StreamTableModel>(application);
    const bool consumersHold = run<ConsumerTableModel>(application);
    return streamsHold && consumersHold ? 0 : 1;
}
