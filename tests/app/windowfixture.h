// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clustercatalog.h"
#include "app/mainwindow.h"
#include "services/keychain/keptpasswords.h"
#include "services/messaging/messaging.h"
#include "services/messaging/runtimerecord.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"

#include <QPointer>
#include <QTemporaryDir>

#include <functional>
#include <memory>

class QTabBar;

/// For tests of the window over a kubeconfig on disk and clusters in memory. Each test class has settings of its own,
/// and begins each of its tests without any.
class WindowFixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    /// A kubeconfig with the contexts local, prod (the current one) and broken, all of user ana on cluster c.
    static const QByteArray twoClusters;

    void writeKubeconfig(const QByteArray &text);
    void open(const MainWindow::Wish &wish = {});
    void openOn(const QStringList &files, const MainWindow::Wish &wish = {});
    void click(const QString &cluster);
    /// By its shortcut's action.
    void closeShown();
    /// Stands in the cluster as somebody else wrote it.
    void putRuntime(RuntimeOperation::Kind kind, RuntimeOperation::State state);
    void eraseRuntime();
    bool isKeyboardInPage() const;
    /// Of the cluster in sight; nothing where none is.
    QTabBar *shownTabs() const;
    /// All that stands in place of a cluster's pages; empty where those are shown.
    QString notice() const;
    template <typename Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    KeptPasswords::MakeStore m_makeKeychain; ///< at first one that is never locked
    std::unique_ptr<KeptPasswords> m_passwords;
    std::unique_ptr<ClusterCatalog> m_catalog;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_opened;
    QPointer<FakeCluster> m_cluster; ///< behind the open one
    QPointer<Messaging> m_messaging; ///< over m_cluster
    std::function<void()> m_prepareCluster; ///< before it is asked for anything
    bool m_isOffline = false;
    bool m_isViewer = false;
};
