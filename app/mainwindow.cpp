// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/clustercatalog.h"
#include "app/clusterlistpanel.h"
#include "app/clusternotice.h"
#include "app/statusline.h"
#include "app/statustext.h"
#include "app/workspace.h"
#include "services/base/backoff.h"
#include "services/base/clock.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace {

constexpr QSize firstSize{1280, 820};
constexpr QSize smallestSize{820, 560};
constexpr std::chrono::milliseconds firstLook = std::chrono::seconds(1);
constexpr std::chrono::milliseconds slowestLook = std::chrono::minutes(1);

/// Who one is, and where, for the tooltip of the status line.
QString aboutAccess(const ClusterAccess &access)
{
    const QString server = access.server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return MainWindow::tr("User: %1\nCluster: %2\nServer: %3\nContext: %4\nKubeconfig: %5")
        .arg(access.userName, access.clusterName, server, access.contextName, QDir::toNativeSeparators(access.file));
}

/// Who asks whom, without what proves it.
ClusterAccess withoutCredentials(ClusterAccess access)
{
    access.clientCertificate.clear();
    access.clientKey = {};
    access.token = {};
    access.tokenFile.clear();
    access.basicPassword = {};
    access.exec.reset();
    access.oidc.reset();
    return access;
}

} // namespace

MainWindow::MainWindow(ClusterCatalog &catalog, Clock &clock, Connect connect, Wish wish)
    : m_catalog(catalog)
    , m_clock(clock)
    , m_connect(std::move(connect))
    , m_wish(std::move(wish))
    , m_closed(clock)
    , m_splitter(new QSplitter(this))
    , m_clusters(new ClusterListPanel(this))
    , m_main(new QStackedWidget(this))
    , m_notice(new ClusterNotice(this))
    , m_statusLine(new StatusLine(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(smallestSize);
    m_main->addWidget(m_notice);
    m_splitter->addWidget(m_clusters);
    m_splitter->addWidget(m_main);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);

    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_statusLine);
    setCentralWidget(central);

    createActions();
    restoreLayout();
    if (m_wish.isReadOnly)
        m_clusters->setReadOnlyAccess(Protection{{}, Protection::ReadOnly::Program}.readOnlyAccess());
    showEntries();
    m_clusters->takeKeyboard();
    if (m_catalog.entries().isEmpty())
        showNoCluster();
    QObject::connect(m_clusters, &ClusterListPanel::clusterChosen, this, &MainWindow::openCluster);
    QObject::connect(m_clusters, &ClusterListPanel::addRequested, this, &MainWindow::chooseKubeconfig);
    QObject::connect(m_notice, &ClusterNotice::kubeconfigRequested, this, &MainWindow::chooseKubeconfig);
    QObject::connect(m_notice, &ClusterNotice::reloadRequested, &m_catalog, &ClusterCatalog::reload);
    QObject::connect(m_clusters, &ClusterListPanel::readOnlyRequested, this, &MainWindow::setReadOnly);
    QObject::connect(&m_catalog, &ClusterCatalog::entriesChanged, this, &MainWindow::showEntries);
    QObject::connect(&m_catalog, &ClusterCatalog::reloaded, this, &MainWindow::adoptReload);
}

MainWindow::~MainWindow()
{
    closeCluster();
}

void MainWindow::createActions()
{
    const auto add = [this](const QString &name, const QString &text, const QKeySequence &key, auto act) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(key);
        QObject::connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    add(QStringLiteral("quitAction"), tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    add(QStringLiteral("refreshAction"), tr("Refresh"), QKeySequence(Qt::Key_F5), [this] { refresh(); });
    add(QStringLiteral("readOnlyAction"), tr("Read-only on this workstation"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
        [this] { setReadOnly(m_openId, !m_marks.isReadOnly(m_openId)); });
    const auto goAlong = [this](int step) {
        if (m_workspace)
            m_workspace->setCurrentTab(Tab((int(m_workspace->currentTab()) + step + tabCount) % tabCount));
    };
    add(QStringLiteral("nextTabAction"), tr("Next tab"), QKeySequence(Qt::CTRL | Qt::Key_PageDown),
        [goAlong] { goAlong(1); });
    add(QStringLiteral("previousTabAction"), tr("Previous tab"), QKeySequence(Qt::CTRL | Qt::Key_PageUp),
        [goAlong] { goAlong(-1); });
    for (int index = 0; index < tabCount; ++index) {
        add(tabName(Tab(index)) + QStringLiteral("TabAction"), tabTitle(Tab(index)), tabShortcut(Tab(index)),
            [this, index] {
                if (m_workspace)
                    m_workspace->setCurrentTab(Tab(index));
            });
    }
}

void MainWindow::showEntries()
{
    m_clusters->setEntries(m_marks.marked(m_catalog.entries()));
}

void MainWindow::setReadOnly(const QString &id, bool isReadOnly)
{
    if (id.isEmpty() || m_wish.isReadOnly)
        return;
    m_marks.setReadOnly(id, isReadOnly);
    showEntries();
    adoptReadOnly();
}

void MainWindow::adoptReadOnly()
{
    using ReadOnly = Protection::ReadOnly;
    if (!m_messaging)
        return;
    const ReadOnly chosen = m_marks.isReadOnly(m_openId) ? ReadOnly::Cluster : ReadOnly::No;
    m_messaging->runtime().protection().setReadOnly(m_wish.isReadOnly ? ReadOnly::Program : chosen);
}

/// What is not known leaves the list as it is.
void MainWindow::rememberArchived()
{
    const ClusterProtection &protection = m_messaging->runtime().protection();
    if (!protection.isKnown())
        return;
    m_marks.setArchived(m_openId, protection.state().archived.has_value());
    showEntries();
}

void MainWindow::start()
{
    m_catalog.watchFiles();
    openFirst();
}

void MainWindow::openFirst()
{
    if (m_catalog.entries().isEmpty())
        return showNoCluster();
    if (!m_wish.context.isEmpty()) {
        const QString id = m_catalog.idOfContext(m_wish.context);
        if (!id.isEmpty())
            return openCluster(id);
        m_notice->tellUnknown(m_wish.context, m_catalog.files());
        return showNotice();
    }
    if (m_catalog.isNamedEmpty()) {
        m_notice->tellToChoose(m_catalog.problems());
        return showNotice();
    }
    const QString last = QSettings().value(QStringLiteral("window/cluster")).toString();
    if (m_catalog.entry(last))
        return openCluster(last);
    if (!m_catalog.currentId().isEmpty())
        return openCluster(m_catalog.currentId());
    m_notice->tellToChoose(m_catalog.problems());
    showNotice();
}

void MainWindow::openCluster(const QString &id)
{
    if (id == m_openId && m_messaging)
        return;
    closeCluster();
    m_openId = id;
    m_clusters->setCurrent(id);
    const QString name = m_catalog.entry(id).value_or(ClusterEntry()).name;
    const Result<ClusterAccess> access = m_catalog.resolve(id);
    if (!access)
        return showClosed(name, access.error());
    Result<std::unique_ptr<Messaging>> messaging = m_connect(*access);
    if (!messaging)
        return showClosed(name, messaging.error());
    m_access = *access;
    takeMessaging(std::move(*messaging), name);
    QSettings().setValue(QStringLiteral("window/cluster"), id);
}

void MainWindow::takeMessaging(std::unique_ptr<Messaging> messaging, const QString &name)
{
    m_messaging = std::move(messaging);
    adoptReadOnly();
    m_workspace = std::make_unique<Workspace>(*m_messaging, name, kubeconfigToTell(m_access->file), m_clock);
    m_workspace->setTlsVerified(!m_access->insecureSkipTlsVerify);
    m_main->addWidget(m_workspace.get());
    m_main->setCurrentWidget(m_workspace.get());
    const QString lastTab = QSettings().value(QStringLiteral("window/tab")).toString();
    m_workspace->setCurrentTab(std::exchange(m_wish.tab, {}).value_or(tabNamed(lastTab).value_or(Tab::Overview)));
    QObject::connect(m_workspace.get(), &Workspace::reloadRequested, &m_catalog, &ClusterCatalog::reload);
    QObject::connect(m_workspace.get(), &Workspace::changesRequested, this, [this] { setReadOnly(m_openId, false); });
    QObject::connect(
        &m_messaging->runtime().protection(), &ClusterProtection::changed, this, &MainWindow::rememberArchived);
    QObject::connect(m_workspace.get(), &Workspace::currentTabChanged, this,
        [this] { QSettings().setValue(QStringLiteral("window/tab"), tabName(m_workspace->currentTab())); });
    QObject::connect(&m_messaging->runtime(), &RuntimeService::freshnessChanged, this, &MainWindow::renewConnection);
    m_statusLine->setRuntime(
        &m_messaging->runtime(), tr("%1@%2").arg(m_access->userName, m_access->clusterName), aboutAccess(*m_access));
    setWindowTitle(name);
    m_messaging->start();
    renewConnection();
}

void MainWindow::closeCluster()
{
    const bool wasOpen = m_messaging != nullptr;
    m_lookingAgain = {};
    m_statusLine->setRuntime(nullptr, {}, {});
    m_workspace.reset();
    if (m_messaging) {
        m_messaging->runtime().disconnect(this);
        m_messaging->runtime().protection().disconnect(this);
        m_messaging->leave();
        m_closed.take(std::move(m_messaging));
    }
    m_access.reset();
    setWindowTitle({});
    const QString id = std::exchange(m_openId, {});
    // What could not be opened goes on saying so.
    if (wasOpen)
        m_catalog.setState(id, ClusterEntry::State::Closed);
}

void MainWindow::reopenCluster()
{
    const QString id = m_openId;
    closeCluster();
    openCluster(id);
}

void MainWindow::renewConnection()
{
    const Freshness &freshness = m_messaging->runtime().freshness();
    m_catalog.setState(m_openId, connectionState(freshness), freshness.why);
    if (areCredentialsDoubted() && !m_lookingAgain.isRunning())
        m_lookingAgain = lookAgain();
}

bool MainWindow::areCredentialsDoubted() const
{
    const std::optional<Error> why = m_messaging->runtime().lastError();
    return why && (why->kind == Error::Kind::Unauthorized || why->kind == Error::Kind::Tls);
}

Flow<void> MainWindow::lookAgain()
{
    Backoff backoff(firstLook, slowestLook);
    while (areCredentialsDoubted()) {
        co_await m_clock.sleep(backoff.next());
        if (areCredentialsDoubted())
            m_catalog.reload();
    }
    co_return Result<void>();
}

void MainWindow::adoptReload()
{
    if (m_messaging) {
        const Result<ClusterAccess> access = m_catalog.resolve(m_openId);
        return access ? adoptAccess(*access) : m_workspace->setCredentialsProblem(access.error());
    }
    if (!m_openId.isEmpty() && m_catalog.entry(m_openId))
        reopenCluster();
    else
        openFirst();
}

void MainWindow::adoptAccess(const ClusterAccess &access)
{
    if (withoutCredentials(access) != withoutCredentials(*m_access))
        return reopenCluster();
    // Tokens are renewed every hour: what a person has typed and what was read outlive that.
    const Result<void> renewed = access == *m_access ? Result<void>() : m_messaging->renew(access);
    if (renewed)
        m_access = access;
    m_workspace->setCredentialsProblem(renewed ? std::nullopt : std::optional(renewed.error()));
}

void MainWindow::chooseKubeconfig()
{
    auto *dialog = new QFileDialog(this, tr("Choose kubeconfig"), QDir::homePath() + QStringLiteral("/.kube"));
    dialog->setObjectName(QStringLiteral("kubeconfigDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &m_catalog, &ClusterCatalog::addFile);
    dialog->open();
}

void MainWindow::refresh()
{
    if (m_workspace)
        m_workspace->refresh();
    else
        m_catalog.reload();
}

void MainWindow::showNotice()
{
    m_main->setCurrentWidget(m_notice);
    if (m_notice->focusProxy())
        m_notice->setFocus();
    else
        m_clusters->takeKeyboard();
}

void MainWindow::showNoCluster()
{
    m_notice->tellThereIsNone(m_catalog.problems(), m_catalog.files());
    showNotice();
}

void MainWindow::showClosed(const QString &name, const Error &why)
{
    m_catalog.setState(m_openId, ClusterEntry::State::Broken, why.summary);
    m_notice->tellClosed(name, why);
    showNotice();
}

void MainWindow::restoreLayout()
{
    resize(firstSize);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_splitter->restoreState(settings.value(QStringLiteral("window/splitter")).toByteArray());
}

void MainWindow::rememberLayout() const
{
    QSettings settings;
    // Writing waits for the disk: only what has changed is worth that.
    const auto remember = [&settings](const QString &key, const QByteArray &state) {
        if (settings.value(key).toByteArray() != state)
            settings.setValue(key, state);
    };
    remember(QStringLiteral("window/geometry"), saveGeometry());
    remember(QStringLiteral("window/splitter"), m_splitter->saveState());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_ending.isRunning()) {
        rememberLayout();
        m_catalog.disconnect(this); // whose news would open a cluster again
        closeCluster();
        if (m_closed.areAtRest())
            return QMainWindow::closeEvent(event);
        hide();
        m_ending = endOnceAtRest();
    }
    event->ignore();
}

Flow<void> MainWindow::endOnceAtRest()
{
    co_await m_closed.rest();
    Q_EMIT ended();
    co_return Result<void>();
}
