// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/overview/overviewstate.h"

#include <QWidget>

#include <chrono>

class Banner;
class Columns;
class ConnectionCard;
class EmptyState;
class InlineMessage;
class LifecycleCard;
class NextCard;
class OtherServersCard;
class PodsCard;
class RuntimeCard;
class ScrollPage;
class StepRail;
class UsageCard;

/// Overview as it looks for one OverviewState. Knows no service: takes values, asks by signals. That what it shows is
/// stale is said by the window around it.
class OverviewView final : public QWidget {
    Q_OBJECT

public:
    explicit OverviewView(QWidget *parent = nullptr);

    void setState(const OverviewState &state);
    /// For what counts on while an operation runs, UTC.
    void setNow(const QDateTime &now);
    /// For how long a retry that was asked for has not been answered; 0: none is on its way.
    void setWaited(std::chrono::seconds waited);
    LifecycleCard *lifecycle() const { return m_lifecycle; }
    ConnectionCard *connection() const { return m_connection; }

Q_SIGNALS:
    void enableRequested();
    void retryRequested();
    void streamsRequested();
    void consumersRequested();
    void settingsRequested();
    void foreignRequested(const ForeignServer &server);

private:
    void layOut();
    void placeOthers(bool isFirst);
    void showOnly(EmptyState *state);
    void tellWhyUnknown(const OverviewState &state);
    void tellHowLongItIsRead();
    void renewCards(const OverviewState &state);
    void tellWhatIsAbsent(const RuntimeStatus &status);
    void renewAttention(const OverviewState &state);
    void renewPods();

    RuntimeStatus m_status;
    Freshness m_freshness;
    QDateTime m_now;
    Banner *m_unanswered;
    ScrollPage *m_page;
    EmptyState *m_unknown;
    EmptyState *m_absent;
    OtherServersCard *m_others;
    StepRail *m_rail;
    InlineMessage *m_podsDown;
    Columns *m_columns;
    LifecycleCard *m_lifecycle;
    ConnectionCard *m_connection;
    PodsCard *m_pods;
    UsageCard *m_usage;
    RuntimeCard *m_runtime;
    NextCard *m_next;
};
