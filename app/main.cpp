// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustercatalog.h"
#include "app/commandline.h"
#include "app/firstpaint.h"
#include "app/identity.h"
#include "app/mainwindow.h"
#include "services/base/clock.h"
#include "services/keychain/keptpasswords.h"
#include "services/keychain/keychainplugin.h"
#include "services/kubernetes/transportplugin.h"
#include "services/messaging/messaging.h"
#include "services/nats/natsconnection.h"
#include "widgets/common/icons.h"

#include <QApplication>
#include <QScopeGuard>
#include <QSysInfo>

#include <cstdio>

#if defined(Q_OS_UNIX)
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>
#endif
#if defined(Q_OS_LINUX)
#include <sys/prctl.h>
#endif

namespace {

constexpr int badUsage = 2;

/// The memory of this program holds passwords and keys: a core file would put them on disk, and a process that can be
/// attached to would hand them to every other program of the same user. Developers keep both.
void keepMemoryPrivate()
{
#if defined(QT_NO_DEBUG) && defined(Q_OS_UNIX)
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#if defined(QT_NO_DEBUG) && defined(Q_OS_LINUX)
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

void setIdentity()
{
    QCoreApplication::setApplicationName(QStringLiteral(PENNANT_DISPLAY_NAME));
    QCoreApplication::setOrganizationName(QStringLiteral(PENNANT_DISPLAY_NAME));
    QCoreApplication::setOrganizationDomain(QStringLiteral(PENNANT_DOMAIN));
    QCoreApplication::setApplicationVersion(QStringLiteral(PENNANT_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral(PENNANT_DISPLAY_NAME));
    QGuiApplication::setDesktopFileName(QStringLiteral(PENNANT_APP_ID));
}

/// Qt ends the program with a core dump where there is no display: this is asked before.
bool hasDisplay(int argc, char **argv)
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    for (int i = 1; i < argc; ++i) {
        if (QByteArrayView(argv[i]).endsWith("-platform"))
            return true;
    }
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

void print(std::FILE *stream, const QString &text)
{
    std::fputs(qUtf8Printable(text), stream);
}

/// What ends the program before a window: the code to leave with, or nothing.
std::optional<int> answerOf(const Result<CommandLine> &line)
{
    if (!line) {
        print(stderr, line.error().summary + u'\n');
        return badUsage;
    }
    if (line->answer.isEmpty())
        return std::nullopt;
    print(stdout, line->answer);
    return 0;
}

int refuseWithoutDisplay(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (const std::optional<int> code = answerOf(CommandLine::parse(QCoreApplication::arguments())))
        return *code;
    print(stderr,
        QCoreApplication::translate("main",
            "There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.\n"
            "Start Pennant from a desktop session, over ssh -X, or on a display of its own: xvfb-run pennant\n"));
    return badUsage;
}

/// Whom others see as the one who asked: services and containers often have no USER.
QString personsName()
{
    for (const char *variable : {"USER", "LOGNAME", "USERNAME"}) {
        if (QString name = qEnvironmentVariable(variable); !name.isEmpty())
            return name;
    }
#if defined(Q_OS_UNIX)
    if (const passwd *account = getpwuid(geteuid()))
        return QString::fromLocal8Bit(account->pw_name);
#endif
    return QStringLiteral("someone");
}

MainWindow::Connect connector(Clock &clock, KeptPasswords &passwords)
{
    return [&clock, &passwords](
               const ClusterAccess &access, const QString &nameSpace) -> Result<std::unique_ptr<Messaging>> {
        const Result<TransportPlugin *> network = TransportPlugin::load();
        if (!network)
            return fail(network.error());
        Result<std::unique_ptr<KubernetesTransport>> transport = (*network)->create(access);
        if (!transport)
            return fail(transport.error());
        const QString workstation = personsName() + u'@' + QSysInfo::machineHostName();
        return std::make_unique<Messaging>(std::move(*transport), clock,
            Messaging::Options{nameSpace, workstation, access.userName, access.nameSpace,
                {&passwords, clusterDigest(access), access.contextName}});
    };
}

} // namespace

int main(int argc, char **argv)
{
    keepMemoryPrivate();
    setIdentity();
    if (!hasDisplay(argc, argv))
        return refuseWithoutDisplay(argc, argv);

    QApplication application(argc, argv);
    const Result<CommandLine> line = CommandLine::parse(QCoreApplication::arguments());
    if (const std::optional<int> code = answerOf(line))
        return *code;
    Look::install(application, line->scheme);

    // Declared before the window, so that it runs after the last connection has gone.
    const auto endNats = qScopeGuard([] { NatsConnection::shutDown(); });
    SystemClock clock;
    KeptPasswords passwords(KeychainPlugin::createStore, clock);
    ClusterCatalog catalog(line->kubeconfigFiles);
    MainWindow window(catalog, passwords, clock, connector(clock, passwords),
        {line->context, line->tab, line->nameSpace, line->isReadOnly});
    QObject::connect(&window, &MainWindow::ended, &application, &QCoreApplication::quit);
    FirstPaint firstPaint(&window);
    // For the start-up bench: what came before is what a person waits for.
    if (qEnvironmentVariableIsSet("PENNANT_EXIT_AFTER_FIRST_PAINT"))
        QObject::connect(&firstPaint, &FirstPaint::happened, &application, &QCoreApplication::quit);
    else
        QObject::connect(&firstPaint, &FirstPaint::happened, &window, &MainWindow::start);
    window.show();
    return QApplication::exec();
}
