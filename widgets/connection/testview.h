// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/runtime.h"

#include <QWidget>

#include <optional>

class InlineMessage;
class QComboBox;
class QPushButton;
class StepList;

/// Asks for a test of the connection through a pod, and shows how far it came. Knows no service.
class TestView final : public QWidget {
    Q_OBJECT

public:
    explicit TestView(int labelWidth, QWidget *parent = nullptr);

    /// Keeps the pod that is chosen while there is one of that name.
    void setPods(const QList<RuntimePod> &pods);
    void setTest(const QList<RuntimeStep> &stages, bool isRunning, const std::optional<Error> &problem);
    /// That test is about something else.
    void forget();

Q_SIGNALS:
    /// `pod` empty: the first that is ready.
    void testRequested(const QString &pod);
    void stopRequested();

private:
    QComboBox *m_pod;
    QPushButton *m_button;
    StepList *m_stages;
    InlineMessage *m_outcome;
    bool m_isRunning = false;
};
