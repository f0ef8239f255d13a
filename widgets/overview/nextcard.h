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

private:
    enum class Next { Nothing, GoesOn, Mend, Stream, Consumer };
    static Next nextOf(const OverviewState &state);
    static QString textOf(Next next, RuntimePhase phase);

    Next m_next = Next::Nothing;
    QLabel *m_text;
    QPushButton *m_action;
};
