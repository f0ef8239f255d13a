// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/closedclusters.h"
#include "app/clustermarks.h"
#include "app/tabs.h"
#include "services/base/flow.h"
#include "services/kubernetes/kubeconfig.h"

#include <QMainWindow>

#include <functional>
#include <memory>
#include <optional>

class Clock;
class ClusterCatalog;
class ClusterListPanel;
class ClusterNotice;
class Messaging;
class QSplitter;
class QStackedWidget;
class StatusLine;
class Workspace;

/// The window: clusters on the left, the workspace of the open one, and the status line. One cluster is open at a time;
/// opening another ends everything of the one before but the changes that are under way. Where there are any when it is
/// closed it hides, and ends once they have.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Makes the services of one cluster; nothing is sent before Messaging::start().
    using Connect = std::function<Result<std::unique_ptr<Messaging>>(const ClusterAccess &access)>;
    struct Wish {
        QString context; ///< empty: the one opened last, else the kubeconfig's current one
        std::optional<Tab> tab; ///< nothing: the one shown last
        bool isReadOnly = false; ///< nothing is changed on any cluster, whatever is chosen in the window
    };

    /// `catalog` and `clock` must outlive it.
    MainWindow(ClusterCatalog &catalog, Clock &clock, Connect connect, Wish wish);
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
    void showEntries();
    void setReadOnly(const QString &id, bool isReadOnly);
    void adoptReadOnly();
    void rememberArchived();
    void chooseKubeconfig();
    void closeCluster();
    Flow<void> endOnceAtRest();
    void takeMessaging(std::unique_ptr<Messaging> messaging, const QString &name);
    void refresh();
    void showNotice();
    void showNoCluster();
    void showClosed(const QString &name, const Error &why);
    void adoptReload();
    void adoptAccess(const ClusterAccess &access);
    void reopenCluster();
    void renewConnection();
    bool areCredentialsDoubted() const;
    /// What the kubeconfig names may lie where nobody watches: it is read again while the server and the credentials
    /// don't take each other.
    Flow<void> lookAgain();
    void restoreLayout();
    void rememberLayout() const;

    ClusterCatalog &m_catalog;
    Clock &m_clock;
    Connect m_connect;
    Wish m_wish;
    QString m_openId;
    std::optional<ClusterAccess> m_access; ///< what the open cluster was opened with
    ClusterMarks m_marks;
    ClosedClusters m_closed;
    Flow<void> m_ending;
    Flow<void> m_lookingAgain;
    std::unique_ptr<Messaging> m_messaging;
    std::unique_ptr<Workspace> m_workspace; ///< after m_messaging: its pages go before their services
    QSplitter *m_splitter;
    ClusterListPanel *m_clusters;
    QStackedWidget *m_main;
    ClusterNotice *m_notice;
    StatusLine *m_statusLine;
};
