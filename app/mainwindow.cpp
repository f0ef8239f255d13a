// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/clustercatalog.h"
#include "app/clusterlistpanel.h"
#include "app/clusternotice.h"
#include "app/clustersettings.h"
#include "app/discardquestion.h"
#include "app/environmentstripe.h"
#include "app/keptpasswordsdialog.h"
#include "app/opencluster.h"
#include "app/statusline.h"
#include "app/workspace.h"
#include "services/base/clock.h"
#include "services/domain/protection.h"
#include "services/messaging/messaging.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace {

constexpr QSize firstSize{1280, 820};
constexpr QSize smallestSize{820, 560};

} // namespace

MainWindow::MainWindow(ClusterCatalog &catalog, KeptPasswords &passwords, Clock &clock, Connect connect, Wish wish)
    : m_catalog(catalog)
    , m_passwords(passwords)
    , m_clock(clock)
    , m_connect(std::move(connect))
    , m_places(wish.nameSpace)
    , m_wish(std::move(wish))
    , m_open(catalog, clock)
    , m_stripe(new EnvironmentStripe(this))
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
    layout->addWidget(m_stripe);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_statusLine);
    setCentralWidget(central);

    createActions();
    restoreLayout();
    if (m_wish.isReadOnly)
        m_clusters->setReadOnlyAccess(Protection{{}, Protection::ReadOnly::Program}.readOnlyAccess());
    m_clusters->setEntries(m_catalog.entries());
    m_clusters->takeKeyboard();
    if (m_catalog.entries().isEmpty()) {
        tellToChoose();
        showNotice();
    }
    QObject::connect(m_clusters, &ClusterListPanel::clusterChosen, this, &MainWindow::openCluster);
    QObject::connect(m_clusters, &ClusterListPanel::closeRequested, this, &MainWindow::askToCloseCluster);
    QObject::connect(m_clusters, &ClusterListPanel::environmentRequested, this, &MainWindow::askForEnvironment);
    QObject::connect(m_clusters, &ClusterListPanel::addRequested, this, &MainWindow::chooseKubeconfig);
    QObject::connect(m_clusters, &ClusterListPanel::passwordsRequested, this, &MainWindow::showKeptPasswords);
    QObject::connect(m_notice, &ClusterNotice::kubeconfigRequested, this, &MainWindow::chooseKubeconfig);
    QObject::connect(m_notice, &ClusterNotice::reloadRequested, &m_catalog, &ClusterCatalog::reload);
    QObject::connect(m_clusters, &ClusterListPanel::readOnlyRequested, this, &MainWindow::setReadOnly);
    QObject::connect(
        &m_catalog, &ClusterCatalog::entriesChanged, this, [this] { m_clusters->setEntries(m_catalog.entries()); });
    QObject::connect(&m_catalog, &ClusterCatalog::reloaded, this, &MainWindow::adoptReload);
}

MainWindow::~MainWindow()
{
    showNobody();
    m_open.closeAll();
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
    add(QStringLiteral("closeClusterAction"), tr("Close the cluster"), QKeySequence(Qt::CTRL | Qt::Key_W),
        [this] { askToCloseCluster(m_shownId); });
    add(QStringLiteral("nextClusterAction"), tr("Next open cluster"), QKeySequence(Qt::CTRL | Qt::Key_Tab),
        [this] { showNextCluster(1); });
    add(QStringLiteral("previousClusterAction"), tr("Previous open cluster"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), [this] { showNextCluster(-1); });
    add(QStringLiteral("keptPasswordsAction"), tr("Kept passwords"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
        [this] { showKeptPasswords(); });
    add(QStringLiteral("operationsAction"), tr("What runs"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        [this] { m_statusLine->openOperations(); });
    add(QStringLiteral("readOnlyAction"), tr("Read-only on this workstation"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), [this] {
            if (shownOne())
                setReadOnly(m_shownId, !ClusterSettings(m_shownId).isReadOnly());
        });
    const auto goAlong = [this](int step) {
        if (OpenCluster *cluster = shownOne()) {
            Workspace &workspace = cluster->workspace();
            workspace.setCurrentTab(Tab((int(workspace.currentTab()) + step + tabCount) % tabCount));
        }
    };
    add(QStringLiteral("nextTabAction"), tr("Next tab"), QKeySequence(Qt::CTRL | Qt::Key_PageDown),
        [goAlong] { goAlong(1); });
    add(QStringLiteral("previousTabAction"), tr("Previous tab"), QKeySequence(Qt::CTRL | Qt::Key_PageUp),
        [goAlong] { goAlong(-1); });
    for (int index = 0; index < tabCount; ++index) {
        add(tabName(Tab(index)) + QStringLiteral("TabAction"), tabTitle(Tab(index)), tabShortcut(Tab(index)),
            [this, index] {
                if (OpenCluster *cluster = shownOne())
                    cluster->workspace().setCurrentTab(Tab(index));
            });
    }
}

void MainWindow::start()
{
    m_catalog.watchFiles();
    openFirst();
}

void MainWindow::openFirst()
{
    if (!m_wish.context.isEmpty() && !m_catalog.entries().isEmpty()) {
        const QString id = m_catalog.idOfContext(m_wish.context);
        if (!id.isEmpty())
            return openCluster(id);
        m_notice->tellUnknown(m_wish.context, m_catalog.files());
        return showNotice();
    }
    const QString last = QSettings().value(QStringLiteral("window/cluster")).toString();
    const QString usual = m_catalog.entry(last) ? last : m_catalog.currentId();
    if (!m_catalog.isNamedEmpty() && !usual.isEmpty())
        return openCluster(usual);
    tellToChoose();
    showNotice();
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

void MainWindow::showKeptPasswords()
{
    (new KeptPasswordsDialog(m_passwords, this))->open();
}

void MainWindow::refresh()
{
    if (OpenCluster *cluster = shownOne())
        cluster->workspace().refresh();
    else
        m_catalog.reload();
}

void MainWindow::showNotice()
{
    showNobody();
    m_main->setCurrentWidget(m_notice);
    if (m_notice->focusProxy())
        m_notice->setFocus();
    else
        m_clusters->takeKeyboard();
}

void MainWindow::tellToChoose()
{
    if (m_catalog.entries().isEmpty())
        m_notice->tellThereIsNone(m_catalog.problems(), m_catalog.files());
    else
        m_notice->tellToChoose(m_catalog.problems());
}

void MainWindow::showClosed(const QString &name, const Error &why)
{
    m_catalog.setState(m_shownId, ClusterEntry::State::Broken, why.summary);
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
    if (!m_ending.isRunning() && !askToQuit()) {
        rememberLayout();
        m_catalog.disconnect(this); // whose news would open a cluster again
        showNobody();
        m_open.closeAll();
        if (m_open.areClosedAtRest())
            return QMainWindow::closeEvent(event);
        hide();
        m_ending = endOnceAtRest();
    }
    event->ignore();
}

Flow<void> MainWindow::endOnceAtRest()
{
    co_await m_open.restOfClosed();
    Q_EMIT ended();
    co_return Result<void>();
}
