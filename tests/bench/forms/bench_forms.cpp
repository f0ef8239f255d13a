// SPDX-License-Identifier: GPL-3.0-or-later

// What a key costs the GUI thread in the form of a stream where the account has 10,000 streams of three subjects each:
// typed into the name and the subjects of a new one, and into the subjects of one that is changed; and what a reading
// of the streams costs that the form is told of. Beside a form that asks the same by comparing with each of the
// streams, and beside a frame. CPU time of the thread, so that what runs beside it does not count.

#include "services/domain/subject.h"
#include "widgets/streams/streamform.h"

#include <QApplication>
#include <QJsonArray>
#include <QLineEdit>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

constexpr int streamCount = 10'000;
constexpr double frame = 16; // milliseconds
constexpr double most = 3; // milliseconds a key

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

QString text(const char *value)
{
    return QLatin1String(value);
}

/// All begin with the same word, as those of one company's do.
QList<StreamSubjects> existing()
{
    QList<StreamSubjects> streams;
    for (int stream = 0; stream < streamCount; ++stream) {
        const QString number = QString::number(stream).rightJustified(6, QLatin1Char('0'));
        streams.append({{text("default"), text("STREAM-") + number},
            {text("plant.") + number + text(".>"), text("plant.*.") + number, text("stock.") + number}});
    }
    return streams;
}

/// As it was asked before there was an order: each name, and each subject, against each.
qsizetype comparedWithEach(const QList<StreamSubjects> &streams, const StreamId &own, const QStringList &subjects)
{
    qsizetype found = std::count_if(
        streams.cbegin(), streams.cend(), [&own](const StreamSubjects &stream) { return stream.id == own; });
    for (const StreamSubjects &stream : streams) {
        if (stream.id.account != own.account || stream.id.name == own.name)
            continue;
        for (const QString &theirs : stream.subjects) {
            for (const QString &ours : subjects)
                found += subjectsOverlap(ours, theirs) ? 1 : 0;
        }
    }
    return found;
}

struct Keys {
    double typical = 0; ///< milliseconds
    double longest = 0;
};

/// Each letter as a person types it.
Keys type(StreamForm &form, const char *edit, const QString &typed)
{
    auto *line = form.findChild<QLineEdit *>(text(edit));
    line->setFocus();
    line->clear();
    std::vector<double> times;
    for (const QChar letter : typed)
        times.push_back(timeOf([&] { QTest::keyClick(line, letter.toLatin1()); }));
    return {median(times), *std::max_element(times.cbegin(), times.cend())};
}

bool report(const char *what, const char *peer, double measured, double goal)
{
    const bool holds = measured <= goal;
    std::printf("%s / %s  %.3f  <= %.3f  %s\n", what, peer, measured, goal, holds ? "holds" : "falls short");
    return holds;
}

Stream seen()
{
    Stream stream;
    stream.id = {text("default"), text("STREAM-000042")};
    stream.config = {{text("name"), stream.id.name}, {text("storage"), text("file")},
        {text("retention"), text("limits")}, {text("num_replicas"), 1},
        {text("subjects"), QJsonArray{text("plant.000042.>")}}};
    return stream;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QList<StreamSubjects> streams = existing();
    StreamContext context;
    context.existing = streams;
    context.serverReplicas = 3;

    StreamForm fresh;
    fresh.setAccounts({text("default")});
    fresh.setContext(context);
    StreamForm changing(seen());
    changing.setContext(context);
    for (StreamForm *form : {&fresh, &changing})
        form->show();
    QApplication::processEvents();

    const QString subjects = text("depot.eu.>, depot.us.>, depot.jp.>");
    const StreamId own{text("default"), text("STREAM-NEW")};
    std::vector<double> former;
    for (int round = 0; round < 9; ++round) {
        former.push_back(timeOf([&] {
            if (comparedWithEach(streams, own, splitSubjects(subjects)) != 0)
                std::fprintf(stderr, "an overlap where there is none\n");
        }));
    }
    const Keys name = type(fresh, "streamNameEdit", text("STREAM-NEW"));
    const Keys taken = type(fresh, "streamSubjectsEdit", subjects);
    const Keys changed = type(changing, "streamSubjectsEdit", subjects);
    std::vector<double> readings;
    for (int round = 0; round < 9; ++round)
        readings.push_back(timeOf([&] { changing.setContext(context); }) + timeOf([&] { fresh.setContext(context); }));
    std::fprintf(stderr,
        "key in the name %.2f ms, in the subjects %.2f ms, of one that is there %.2f ms; longest %.2f ms\n",
        name.typical, taken.typical, changed.typical, std::max({name.longest, taken.longest, changed.longest}));
    std::fprintf(
        stderr, "compared with each %.2f ms; a reading for two forms %.2f ms\n", median(former), median(readings));
    bool areAllHeld =
        report("key in the subjects beside 10,000 streams", "comparing with each", taken.typical / median(former), 0.5);
    areAllHeld = report("key in the name beside 10,000 streams", "3 ms", name.typical / most, 1) && areAllHeld;
    areAllHeld = report("key in the subjects beside 10,000 streams", "3 ms", taken.typical / most, 1) && areAllHeld;
    areAllHeld =
        report("key in the subjects of one of 10,000 streams", "3 ms", changed.typical / most, 1) && areAllHeld;
    areAllHeld = report("reading of 10,000 streams in two forms", "3 ms", median(readings) / most, 1) && areAllHeld;
    const double longest = std::max({name.longest, taken.longest, changed.longest});
    return report("longest key", "a frame", longest / frame, 1) && areAllHeld ? 0 : 1;
}
