// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

/// Asks before what was entered in the forms of a cluster is lost. Return and Escape keep it. Shown with open();
/// deletes itself when closed.
class DiscardQuestion final : public QDialog {
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
