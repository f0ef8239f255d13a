// SPDX-License-Identifier: GPL-3.0-or-later
// What of MainWindow is about the clusters that are open, and what is kept of each.
#include "app/clustercatalog.h"
#include "app/clusterlistpanel.h"
#include "app/clusternotice.h"
#include "app/clustersettings.h"
#include "app/discardquestion.h"
#include "app/environmentdialog.h"
#include "app/environmentstripe.h"
#include "app/mainwindow.h"
#include "app/opencluster.h"
#include "app/statusline.h"
#include "app/statustext.h"
#include "app/workspace.h"
#include "services/base/runningoperations.h"
#include "services/messaging/clusterprotection.h"
#include "services/messaging/clustersurvey.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimeservice.h"

#include <QSettings>
#include <QStackedWidget>

#include <utility>

OpenCluster *MainWindow::shownOne() const
{
    return m_open.find(m_shownId);
}

void MainWindow::openCluster(const QString &id)
{
    if (OpenCluster *cluster = m_open.find(id))
        return showCluster(*cluster);
    m_isDismissed = false;
    m_shownId = id;
    m_clusters->setCurrent(id);
    const QString name = m_catalog.entry(id).value_or(ClusterEntry()).name;
    const Result<ClusterAccess> access = m_catalog.resolve(id);
    if (!access)
        return showClosed(name, access.error());
    Result<std::unique_ptr<Messaging>> messaging = m_connect(*access, m_places.of(id));
    if (!messaging)
        return showClosed(name, messaging.error());
    OpenCluster &cluster = m_open.add(std::make_unique<OpenCluster>(id, name, *access, std::move(*messaging), m_clock));
    adoptReadOnly(cluster);
    follow(cluster);
    const std::optional<Tab> lastTab = tabNamed(ClusterSettings(id).tab());
    cluster.workspace().setCurrentTab(std::exchange(m_wish.tab, {}).value_or(lastTab.value_or(Tab::Overview)));
    showCluster(cluster);
    cluster.start();
}

void MainWindow::follow(OpenCluster &cluster)
{
    QObject::connect(&cluster, &OpenCluster::reloadRequested, &m_catalog, &ClusterCatalog::reload);
    QObject::connect(&cluster, &OpenCluster::connectionChanged, this, [this, &cluster] {
        const Freshness &freshness = cluster.messaging().runtime().freshness();
        m_catalog.setState(cluster.id(), connectionState(freshness), freshness.why);
    });
    QObject::connect(&cluster.messaging().runtime(), &RuntimeService::statusChanged, &cluster,
        [this, &cluster] { m_catalog.setRuntime(cluster.id(), runtimeWord(cluster.messaging().runtime().status())); });
    QObject::connect(&cluster.workspace(), &Workspace::currentTabChanged, &cluster,
        [&cluster] { ClusterSettings(cluster.id()).setTab(tabName(cluster.workspace().currentTab())); });
    // Its services may outlive it.
    QObject::connect(&cluster.messaging().runtime().protection(), &ClusterProtection::changed, &cluster,
        [this, &cluster] { rememberArchived(cluster); });
    QObject::connect(&cluster.workspace(), &Workspace::shownRuntimeChanged, &cluster, [this, &cluster] {
        if (&cluster == shownOne())
            showStatus(cluster);
    });
    QObject::connect(&cluster.workspace(), &Workspace::changesRequested, this,
        [this, &cluster] { setReadOnly(cluster.id(), false); });
    QObject::connect(&cluster, &OpenCluster::surveyed, this, [this, &cluster] { noteSurvey(cluster); });
    // Not at once: what tells it goes with it.
    QObject::connect(
        &cluster, &OpenCluster::foundElsewhere, this,
        [this, id = cluster.id()](const QString &nameSpace) { followRuntime(id, nameSpace); }, Qt::QueuedConnection);
    QObject::connect(
        &cluster.workspace(), &Workspace::reopenRequested, this, [this, id = cluster.id()] { askToOpenAnew(id); },
        Qt::QueuedConnection);
    QObject::connect(
        &cluster.workspace(), &Workspace::nameSpaceChosen, this,
        [this, id = cluster.id()](const QString &nameSpace) { askToShowNameSpace(id, nameSpace); },
        Qt::QueuedConnection);
    QObject::connect(&cluster.messaging().operations(), &RunningOperations::changed, this,
        [this] { m_statusLine->setOperations(m_open.operations()); });
    m_main->addWidget(&cluster.workspace());
}

void MainWindow::noteSurvey(OpenCluster &cluster)
{
    const ClusterSurvey &survey = cluster.messaging().survey();
    m_catalog.setServerVersion(cluster.id(), survey.serverVersion());
    if (&cluster == shownOne())
        showStatus(cluster);
    const QString shown = cluster.messaging().options().nameSpace;
    if (survey.runtimeNamespaces() && survey.runtimeNamespaces()->contains(shown))
        m_places.noteFound(cluster.id(), shown);
}

void MainWindow::followRuntime(const QString &id, const QString &nameSpace)
{
    const OpenCluster *shown = shownOne();
    if (!shown || shown->id() != id || !shown->losses().isEmpty() || !m_places.mayFollow(id))
        return;
    m_places.noteFound(id, nameSpace);
    openAnew(id);
}

void MainWindow::askToShowNameSpace(const QString &id, const QString &nameSpace)
{
    const OpenCluster *cluster = m_open.find(id);
    const ClosingLosses losses = cluster ? cluster->losses() : ClosingLosses();
    if (losses.isEmpty() || cluster->messaging().options().nameSpace == nameSpace)
        return showNameSpace(id, nameSpace);
    auto *question = DiscardQuestion::beforeShowing(nameSpace, cluster->name(), losses, this);
    QObject::connect(
        question, &DiscardQuestion::discarded, this, [this, id, nameSpace] { showNameSpace(id, nameSpace); });
    question->open();
}

void MainWindow::showNameSpace(const QString &id, const QString &nameSpace)
{
    m_places.choose(id, nameSpace);
    const OpenCluster *cluster = m_open.find(id);
    if (cluster && cluster->messaging().options().nameSpace != nameSpace)
        openAnew(id);
}

void MainWindow::askForEnvironment(const QString &id)
{
    const ClusterEntry entry = m_catalog.entry(id).value_or(ClusterEntry());
    auto *dialog = new EnvironmentDialog(entry.name, entry.environment, this);
    QObject::connect(dialog, &EnvironmentDialog::chosen, this, [this, id](const ClusterEnvironment &environment) {
        m_catalog.setEnvironment(id, environment);
        renewEnvironments();
    });
    dialog->open();
}

void MainWindow::renewEnvironments()
{
    const auto environmentOf = [this](const QString &id) {
        return m_catalog.entry(id).value_or(ClusterEntry()).environment;
    };
    m_stripe->setEnvironment(environmentOf(m_shownId));
    if (const OpenCluster *cluster = shownOne())
        cluster->workspace().setEnvironment(environmentOf(m_shownId));
}

void MainWindow::openAnew(const QString &id)
{
    closeCluster(id);
    openCluster(id);
}

void MainWindow::askToOpenAnew(const QString &id)
{
    const OpenCluster *cluster = m_open.find(id);
    const ClosingLosses losses = cluster ? cluster->losses() : ClosingLosses();
    if (losses.isEmpty())
        return openAnew(id);
    auto *question = DiscardQuestion::beforeReopening(cluster->name(), losses, this);
    QObject::connect(question, &DiscardQuestion::discarded, this, [this, id] { openAnew(id); });
    question->open();
}

void MainWindow::showCluster(OpenCluster &cluster)
{
    m_shownId = cluster.id();
    m_open.noteInSight(cluster);
    m_clusters->setCurrent(m_shownId);
    m_main->setCurrentWidget(&cluster.workspace());
    showStatus(cluster);
    setWindowTitle(cluster.name());
    renewEnvironments();
    cluster.workspace().takeKeyboard();
    QSettings().setValue(QStringLiteral("window/cluster"), m_shownId);
}

void MainWindow::showStatus(OpenCluster &cluster)
{
    m_statusLine->setRuntime(&cluster.workspace().shownRuntime(), cluster.identity(), cluster.about());
}

void MainWindow::showNextCluster(int step)
{
    if (OpenCluster *next = m_open.beside(m_shownId, step))
        showCluster(*next);
}

void MainWindow::askToCloseCluster(const QString &id)
{
    OpenCluster *cluster = m_open.find(id);
    if (!cluster)
        return;
    const ClosingLosses losses = cluster->losses();
    if (losses.isEmpty())
        return dismissCluster(id);
    showCluster(*cluster); // what would be lost is seen
    auto *question = DiscardQuestion::beforeClosing(cluster->name(), losses, this);
    QObject::connect(question, &DiscardQuestion::discarded, this, [this, id] { dismissCluster(id); });
    question->open();
}

bool MainWindow::askToQuit()
{
    const QList<OpenCluster *> holders = m_open.withLosses();
    if (m_isDiscarding || holders.isEmpty())
        return false;
    if (m_quitQuestion)
        return true;
    ClosingLosses all;
    for (const OpenCluster *holder : holders) {
        const ClosingLosses losses = holder->losses();
        all.drafts += losses.drafts;
        for (const QString &operation : losses.operations)
            all.operations.append(tr("%1 (%2)").arg(operation, holder->name()));
    }
    showCluster(*holders.first()); // what would be lost is seen
    m_quitQuestion = DiscardQuestion::beforeQuitting(all, this);
    QObject::connect(m_quitQuestion, &DiscardQuestion::discarded, this, [this] {
        m_isDiscarding = true;
        close();
    });
    m_quitQuestion->open();
    return true;
}

void MainWindow::dismissCluster(const QString &id)
{
    closeCluster(id);
    if (id != m_shownId)
        return;
    if (!m_open.isEmpty())
        return showCluster(m_open.last());
    m_isDismissed = true;
    m_shownId.clear();
    m_clusters->setCurrent({});
    tellToChoose();
    showNotice();
}

void MainWindow::closeCluster(const QString &id)
{
    if (id == m_shownId)
        showNobody();
    m_open.close(id);
}

void MainWindow::showNobody()
{
    m_statusLine->setRuntime(nullptr, {}, {});
    m_stripe->setEnvironment({});
    setWindowTitle({});
}

void MainWindow::adoptReload()
{
    const QStringList closed = closeWhatIsElsewhere();
    if (OpenCluster *shown = shownOne())
        showStatus(*shown);
    else if (!m_shownId.isEmpty() && m_catalog.entry(m_shownId))
        openCluster(m_shownId);
    else if (m_isDismissed)
        tellToChoose();
    else if (m_open.isEmpty())
        openFirst();
    if (const OpenCluster *shown = shownOne(); shown && !closed.isEmpty())
        shown->workspace().tellClosed(closed);
}

/// One out of sight is not opened anew unasked: it would log in somewhere else.
QStringList MainWindow::closeWhatIsElsewhere()
{
    QStringList closed;
    for (const QString &id : m_open.adoptReload()) {
        const OpenCluster *cluster = m_open.find(id);
        if (!cluster->losses().isEmpty())
            continue;
        if (id != m_shownId)
            closed.append(cluster->name());
        closeCluster(id);
    }
    return closed;
}

void MainWindow::setReadOnly(const QString &id, bool isReadOnly)
{
    if (id.isEmpty())
        return;
    if (m_wish.isReadOnly) {
        if (OpenCluster *cluster = m_open.find(id))
            cluster->workspace().warn(Protection{{}, Protection::ReadOnly::Program}.readOnlyAccess().reason);
        return;
    }
    m_catalog.setReadOnly(id, isReadOnly);
    if (OpenCluster *cluster = m_open.find(id))
        adoptReadOnly(*cluster);
}

void MainWindow::adoptReadOnly(OpenCluster &cluster)
{
    using ReadOnly = Protection::ReadOnly;
    const ReadOnly chosen = ClusterSettings(cluster.id()).isReadOnly() ? ReadOnly::Cluster : ReadOnly::No;
    cluster.messaging().runtime().protection().setReadOnly(m_wish.isReadOnly ? ReadOnly::Program : chosen);
}

/// What is not known leaves the list as it is.
void MainWindow::rememberArchived(OpenCluster &cluster)
{
    const ClusterProtection &protection = cluster.messaging().runtime().protection();
    if (protection.wasMarkRead())
        m_catalog.setArchived(cluster.id(), protection.state().archived.has_value());
}
