// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QWidget>

/// A control for a part of a JSON document that takes more than one line to enter, with rows to be added and removed.
/// What it does not know of a row it keeps as it came. GUI thread.
class DocumentControl : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Undefined where nothing is entered.
    virtual QJsonValue value() const = 0;
    virtual void setValue(const QJsonValue &value) = 0;
    /// What was entered and can't stand in a document; empty: nothing.
    virtual QString problem() const { return {}; }

Q_SIGNALS:
    /// By a person or by setValue().
    void edited();
};
