// SPDX-License-Identifier: GPL-3.0-or-later

// How much longer Pennant takes to its first painted window than an empty QMainWindow, and how much more memory it
// holds afterwards: before a cluster is opened, and with one whose server refuses, against an empty window that has
// asked that server too (docs/adr/0005). The programs start alternately, in an empty home. Needs a display.

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int rounds = 15;
constexpr int memoryRounds = 5;
constexpr int settleMilliseconds = 2500; // the connection has been tried by then
constexpr int longestStart = 60'000;
constexpr double startGoal = 1.35;
constexpr double memoryGoal = 1.5;

struct Program {
    QString path;
    QStringList arguments;
};

QProcessEnvironment environmentIn(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "KUBECONFIG"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("HOME"), home);
    return environment;
}

/// Milliseconds from start to the end that follows the first paint; nothing where the program failed.
std::optional<double> startTime(const Program &program, QProcessEnvironment environment)
{
    environment.insert(QStringLiteral("PENNANT_EXIT_AFTER_FIRST_PAINT"), QStringLiteral("1"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const Clock::time_point begin = Clock::now();
    process.start(program.path, program.arguments);
    if (!process.waitForFinished(longestStart) || process.exitCode() != 0)
        return std::nullopt;
    return Milliseconds(Clock::now() - begin).count();
}

std::optional<double> residentKibibytes(const Program &program, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program.path, program.arguments);
    if (!process.waitForStarted())
        return std::nullopt;
    QThread::msleep(settleMilliseconds);
    QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
    std::optional<double> resident;
    if (status.open(QIODevice::ReadOnly)) {
        const QByteArrayList lines = status.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("VmRSS:"))
                resident = line.mid(6).trimmed().split(' ').first().toDouble();
        }
    }
    process.kill();
    process.waitForFinished();
    return resident;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

/// Median over the rounds of what `measure` says of Pennant divided by what it says of the peer.
template <typename Measure>
std::optional<double> medianRatio(int count, const Program &pennant, const Program &peer, Measure measure)
{
    std::vector<double> ratios;
    measure(peer); // the first start of all reads everything from disk
    measure(pennant);
    for (int round = 0; round < count; ++round) {
        const std::optional<double> ofPeer = measure(peer);
        const std::optional<double> ofPennant = measure(pennant);
        if (!ofPeer || !ofPennant)
            return std::nullopt;
        ratios.push_back(*ofPennant / *ofPeer);
    }
    return median(ratios);
}

bool report(const char *name, const std::optional<double> &measured, double goal)
{
    if (!measured) {
        std::fprintf(stderr, "%s: a program did not start or left with an error\n", name);
        return false;
    }
    const bool holds = *measured <= goal;
    std::printf("%s  %.2f  <= %.2f  %s\n", name, *measured, goal, holds ? "holds" : "falls short");
    return holds;
}

/// A port of this machine that refuses connections.
quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool writeKubeconfig(const QString &path, const QString &server)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("apiVersion: v1\nkind: Config\n"
               "clusters: [{name: bench, cluster: {server: '"
        + server.toUtf8()
        + "'}}]\n"
          "users: [{name: bench, user: {token: none}}]\n"
          "contexts: [{name: bench, context: {cluster: bench, user: bench}}]\n");
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QTemporaryDir home;
    const QString kubeconfig = home.filePath(QStringLiteral("kubeconfig"));
    const QString server = QStringLiteral("https://127.0.0.1:%1").arg(closedPort());
    if (!home.isValid() || !writeKubeconfig(kubeconfig, server)) {
        std::fputs("bench_startup: no temporary folder can be written\n", stderr);
        return 2;
    }
    const QProcessEnvironment environment = environmentIn(home.path());
    const QStringList arguments{QStringLiteral("--kubeconfig"), kubeconfig, QStringLiteral("--scheme=light")};
    const Program pennant{QStringLiteral(PENNANT_PROGRAM), arguments};
    const Program openPennant{
        pennant.path, arguments + QStringList{QStringLiteral("--context"), QStringLiteral("bench")}};
    const Program peer{QStringLiteral(PEER_PROGRAM), {}};
    const Program askingPeer{QStringLiteral(ASKING_PEER_PROGRAM), {server}};

    const auto start = [&environment](const Program &program) { return startTime(program, environment); };
    const auto memory = [&environment](const Program &program) { return residentKibibytes(program, environment); };
    const bool startHolds =
        report("S1 first painted window / empty window", medianRatio(rounds, openPennant, peer, start), startGoal);
    const bool memoryHolds = report(
        "S4 resident memory after start / empty window", medianRatio(memoryRounds, pennant, peer, memory), memoryGoal);
    const bool openMemoryHolds = report("S4 resident memory with an open cluster / empty window that has asked it",
        medianRatio(memoryRounds, openPennant, askingPeer, memory), memoryGoal);
    return startHolds && memoryHolds && openMemoryHolds ? 0 : 1;
}
