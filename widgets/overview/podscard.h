// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"
#include "widgets/common/look.h"

#include <QList>
#include <QWidget>

class Card;

/// How a pod is, in a word or two: "Ready", "Not ready yet", "ImagePullBackOff".
QString podStateText(const RuntimePod &pod);
/// Bad where its state is one of failure.
Tone podTone(const RuntimePod &pod);

/// The runtime's pods: name, state, node, restarts, and the sentence that explains a state that isn't well.
class PodsCard final : public QWidget {
    Q_OBJECT

public:
    explicit PodsCard(QWidget *parent = nullptr);

    /// How what it shows is to be taken.
    enum class Reading {
        Live,
        Starting, ///< that they are not ready is no alarm so far
        Stale, ///< no colour promises how they are now
    };

    /// `wanted`: how many there should be.
    void setPods(const QList<RuntimePod> &pods, int wanted, Reading reading = Reading::Live);

private:
    class Row;
    Card *m_card;
    QList<Row *> m_rows;
};
