// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runtimeoutcome.h"
#include "app/tabs.h"
#include "services/base/pending.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class Clock;
class ConsumerService;
class ForeignMessaging;
class Messaging;
class PageFocus;
class QStackedWidget;
class QTabBar;
class RuntimeSource;
class StreamService;
class TopLine;
class WorkspaceBanners;
struct ClusterEnvironment;
struct Error;
struct ForeignServer;

/// Messaging on one open cluster: the top line and the seven tabs. A page is built when it is first shown. The tabs
/// show the runtime that Pennant made, or another NATS of the cluster that a person has opened, read-only.
class Workspace final : public QWidget {
    Q_OBJECT

public:
    /// `messaging` and `clock` must outlive it. `kubeconfig` is the file the cluster stands in, where kubectl has to be
    /// told it; else empty.
    Workspace(Messaging &messaging, const QString &cluster, const QString &kubeconfig, Clock &clock,
        QWidget *parent = nullptr);
    ~Workspace() override;

    Tab currentTab() const;
    /// Shows the tab and hands the keyboard to its page.
    void setCurrentTab(Tab tab);
    /// Hands the keyboard to the page in sight.
    void takeKeyboard();
    /// A page holds what a person has entered and not sent, or a dialog of one is open.
    bool hasDraft() const;
    void setEnvironment(const ClusterEnvironment &environment);
    /// A line across its pages, until it is dismissed.
    void warn(const QString &text);
    void setTlsVerified(bool verified);
    /// Says that what the kubeconfig holds now can't be used, until that is over.
    void setCredentialsProblem(const std::optional<Error> &problem);
    /// Says that the kubeconfig leads elsewhere, and that what is shown is still `before`; empty: it does not.
    void setLedElsewhere(const QString &before);
    /// Says of these clusters that they were closed because the kubeconfig leads them elsewhere.
    void tellClosed(const QStringList &clusters);
    /// Shows a NATS that Pennant did not make, until closeForeign().
    void openForeign(const ForeignServer &server);
    void closeForeign();
    /// The runtime that is looked at: Pennant's own, or the other that is open.
    RuntimeSource &shownRuntime() const;
    /// Reads the runtime and the lists again, and what the page in sight shows.
    void refresh();

Q_SIGNALS:
    void currentTabChanged();
    void shownRuntimeChanged();
    void reloadRequested();
    /// The cluster is to be opened where the kubeconfig leads now.
    void reopenRequested();
    /// By a person: Messaging is to be shown as it is in another namespace.
    void nameSpaceChosen(const QString &nameSpace);
    /// Read-only mode of this cluster is to end.
    void changesRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setInSight(bool inSight);
    void createTabs();
    void follow();
    void followForeign();
    void takeForeign(std::unique_ptr<ForeignMessaging> foreign);
    QWidget *createPageOf(Tab tab);
    StreamService &shownStreams() const;
    ConsumerService &shownConsumers() const;
    void showPage(int index);
    void renewAll();
    void renewStatus();
    void renewFreshness();
    void renewProtection();
    void renewHandedOver();
    void renewCounts();
    void renewNameSpaces();
    /// While it is said that NATS is enabled in another namespace: nothing tells when it is disabled there.
    void followElsewhere();
    void leadElsewhere();
    void showArchive();
    /// Namespaces with a runtime, where the one in sight has none.
    QStringList elsewhere() const;
    void renewOutcome();
    void askForFate();
    void showOutcome();
    void endOutcome();
    void endOutcomeUnlessInUse();
    void setCount(Tab tab, qsizetype count);

    Messaging &m_messaging;
    Clock &m_clock;
    QString m_cluster;
    QString m_kubeconfig;
    RuntimeOutcome m_outcome;
    TopLine *m_topLine;
    QTabBar *m_tabs;
    WorkspaceBanners *m_banners;
    QStackedWidget *m_stack;
    PageFocus *m_focus;
    std::array<QWidget *, tabCount> m_pages{};
    std::unique_ptr<ForeignMessaging> m_foreign; ///< while one is open
    std::array<QWidget *, tabCount> m_foreignPages{};
    bool m_isHandedOver = false; ///< the operation that this workstation carried out
    bool m_wasAbsent = true; ///< the runtime, when last looked at
    Pending<NamespaceFate> m_fate;
    Pending<void> m_nextLook; ///< at other namespaces
    Pending<void> m_outcomeEnd; ///< while an outcome is shown
};
