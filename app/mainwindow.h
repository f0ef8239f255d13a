// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/messagingplaces.h"
#include "app/openclusters.h"
#include "app/tabs.h"
#include "services/base/flow.h"
#include "services/kubernetes/kubeconfig.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

class Clock;
class ClusterCatalog;
class ClusterListPanel;
class ClusterNotice;
class DiscardQuestion;
class EnvironmentStripe;
class KeptPasswords;
class Messaging;
class OpenCluster;
class QSplitter;
class QStackedWidget;
class StatusLine;

/// The window: clusters on the left, the workspace of the one in sight, and the status line. Opening another cluster
/// leaves the others open, as they are, until a person closes them; closing ends everything of a cluster but the
/// changes that are under way. Where there are any when the window is closed it hides, and ends once they have.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Makes the services of one cluster; nothing is sent before Messaging::start().
    using Connect =
        std::function<Result<std::unique_ptr<Messaging>>(const ClusterAccess &access, const QString &nameSpace)>;
    struct Wish {
        QString context; ///< empty: the one opened last, else the kubeconfig's current one
        std::optional<Tab> tab; ///< nothing: the one shown last
        QString nameSpace = {}; ///< of Messaging in whatever cluster; empty: where each has its runtime
        bool isReadOnly = false; ///< nothing is changed on any cluster, whatever is chosen in the window
    };

    /// `catalog`, `passwords` and `clock` must outlive it.
    MainWindow(ClusterCatalog &catalog, KeptPasswords &passwords, Clock &clock, Connect connect, Wish wish);
    ~MainWindow() override;

    /// Opens the cluster that was wished for, and follows the kubeconfigs from then on. Once the window is painted.
    void start();
    void openCluster(const QString &id);

Q_SIGNALS:
    /// What it was waiting for when it was closed is over, or takes too long: the program may end.
    void ended();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void createActions();
    void openFirst();
    void setReadOnly(const QString &id, bool isReadOnly);
    void adoptReadOnly(OpenCluster &cluster);
    void rememberArchived(OpenCluster &cluster);
    void chooseKubeconfig();
    void showKeptPasswords();
    /// Nothing where none is open, or the one that was chosen can't be.
    OpenCluster *shownOne() const;
    void follow(OpenCluster &cluster);
    void showStatus(OpenCluster &cluster);
    void noteSurvey(OpenCluster &cluster);
    void followRuntime(const QString &id, const QString &nameSpace);
    /// Where a form would lose what was entered.
    void askToShowNameSpace(const QString &id, const QString &nameSpace);
    void showNameSpace(const QString &id, const QString &nameSpace);
    void openAnew(const QString &id);
    /// Where a form would lose what was entered.
    void askToOpenAnew(const QString &id);
    /// True where a person has to say first whether what was entered is to be lost.
    bool askToQuit();
    void askForEnvironment(const QString &id);
    void renewEnvironments();
    void showCluster(OpenCluster &cluster);
    /// Among the open ones, in the list's order.
    void showNextCluster(int step);
    /// Where a form would lose what was entered.
    void askToCloseCluster(const QString &id);
    /// By a person: goes on with the one that was in sight before.
    void dismissCluster(const QString &id);
    void closeCluster(const QString &id);
    Flow<void> endOnceAtRest();
    void refresh();
    void showNobody();
    void showNotice();
    /// In the notice, whether it is shown or not yet.
    void tellToChoose();
    void showClosed(const QString &name, const Error &why);
    void adoptReload();
    /// Names of those that were, because the kubeconfig leads them elsewhere and nothing was entered there.
    QStringList closeWhatIsElsewhere();
    void restoreLayout();
    void rememberLayout() const;

    ClusterCatalog &m_catalog;
    KeptPasswords &m_passwords;
    Clock &m_clock;
    Connect m_connect;
    MessagingPlaces m_places;
    Wish m_wish;
    QString m_shownId; ///< of the cluster in sight, also where it could not be opened
    bool m_isDismissed = false; ///< a person closed the last one: none is opened unasked
    OpenClusters m_open;
    Flow<void> m_ending;
    QPointer<DiscardQuestion> m_quitQuestion;
    bool m_isDiscarding = false; ///< a person wants to quit whatever was entered
    EnvironmentStripe *m_stripe;
    QSplitter *m_splitter;
    ClusterListPanel *m_clusters;
    QStackedWidget *m_main;
    ClusterNotice *m_notice;
    StatusLine *m_statusLine;
};
