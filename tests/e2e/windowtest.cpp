// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/windowtest.h"

#include "app/clustercatalog.h"
#include "services/keychain/memorystore.h"
#include "services/messaging/messaging.h"
#include "services/network/networktransport.h"
#include "widgets/common/look.h"

#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

WindowTest::WindowTest(KeptPasswords::MakeStore makeKeychain)
    : m_passwords(
        makeKeychain ? std::move(makeKeychain)
                     : []() -> Result<std::unique_ptr<SecretStore>> { return std::make_unique<MemoryStore>(); },
        m_clock)
{
}

WindowTest::~WindowTest() = default;

Result<std::unique_ptr<Messaging>> WindowTest::connectTo(const ClusterAccess &access, const QString &nameSpace)
{
    auto transport = NetworkTransport::create(access);
    if (!transport)
        return fail(transport.error());
    Messaging::Options options;
    options.nameSpace = nameSpace;
    options.contextNameSpace = access.nameSpace;
    options.workstation = QStringLiteral("tester@window");
    options.user = access.userName;
    options.keeping = {&m_passwords, clusterDigest(access), access.contextName};
    return std::make_unique<Messaging>(std::move(*transport), m_clock, options);
}

void WindowTest::openWindow(const QString &kubeconfig, const QString &context, const QString &nameSpace)
{
    closeWindow();
    const QString file = kubeconfig.isEmpty() ? qEnvironmentVariable("PENNANT_KUBECONFIG_ADMIN") : kubeconfig;
    m_catalog = std::make_unique<ClusterCatalog>(QStringList{file});
    m_window = std::make_unique<MainWindow>(
        *m_catalog, m_passwords, m_clock,
        [this](const ClusterAccess &access, const QString &place) { return connectTo(access, place); },
        MainWindow::Wish{context, Tab::Overview, nameSpace});
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->start();
    m_driver = std::make_unique<WindowDriver>(*m_window);
}

QString WindowTest::settingsFolder()
{
    return QFileInfo(QSettings().fileName()).path();
}

void WindowTest::closeWindow()
{
    m_driver.reset();
    m_window.reset();
}

void WindowTest::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("PENNANT_KUBECONFIG_ADMIN"))
        QSKIP("needs the local cluster: run it by scripts/test, or tests/cluster/with-cluster");
}

void WindowTest::init()
{
    if (!m_mayGoOn)
        QSKIP("an earlier step failed");
}

void WindowTest::cleanup()
{
    const bool isLost = m_driver && m_driver->hasFailed();
    if (isLost)
        qWarning("%s", qPrintable(m_driver->failure()));
    m_mayGoOn = m_mayGoOn && !QTest::currentTestFailed() && !isLost;
}

std::unique_ptr<QApplication> createTestApplication(int &argc, char **argv)
{
    auto application = std::make_unique<QApplication>(argc, argv);
    prepareTestApplication(*application);
    return application;
}

void prepareTestApplication(QApplication &application)
{
    static const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("Pennant"));
    QCoreApplication::setApplicationName(QStringLiteral("e2e"));
    const bool isDark = qEnvironmentVariable("PENNANT_SCHEME") == QLatin1String("dark");
    Look::install(application, isDark ? Look::Scheme::Dark : Look::Scheme::Light);
}
