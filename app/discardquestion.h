// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/questiondialog.h"

/// Asks before what was entered in the forms of a cluster is lost. Return and Escape keep it.
class DiscardQuestion final : public QuestionDialog {
    Q_OBJECT

public:
    static DiscardQuestion *beforeClosing(const QString &cluster, QWidget *parent);
    static DiscardQuestion *beforeQuitting(const QStringList &clusters, QWidget *parent);
    static DiscardQuestion *beforeReopening(const QString &cluster, QWidget *parent);
    static DiscardQuestion *beforeShowing(const QString &nameSpace, const QString &cluster, QWidget *parent);

Q_SIGNALS:
    void discarded();

private:
    DiscardQuestion(const QString &title, const QString &text, const QString &discard, QWidget *parent);
};
