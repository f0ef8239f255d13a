// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/overview/overviewstate.h"

#include <QWidget>

class QLabel;
class QPushButton;

/// What comes next, in a sentence, with the action that gets there; hidden where nothing in particular does.
class NextCard final : public QWidget {
    Q_OBJECT

public:
    explicit NextCard(QWidget *parent = nullptr);

    void setState(const OverviewState &state);

Q_SIGNALS:
    void streamsRequested();
    void consumersRequested();
    void settingsRequested();

private:
    enum class Next { Nothing, GoesOn, Mend, OtherClass, Stream, Consumer };
    static Next nextOf(const OverviewState &state);
    static QString textOf(Next next, RuntimePhase phase);
    /// Empty: no button.
    static QString actionOf(Next next);

    Next m_next = Next::Nothing;
    QLabel *m_text;
    QPushButton *m_action;
};
