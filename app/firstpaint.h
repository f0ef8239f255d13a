// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

/// Says once, through the event loop, that a window has been painted: what need not be there before that (connections,
/// cryptography) begins then, so that the window is there sooner.
class FirstPaint final : public QObject {
    Q_OBJECT

public:
    explicit FirstPaint(QWidget *window, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void happened();
};
