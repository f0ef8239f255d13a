// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/// The line at the top of a form that still holds what was entered before, with a way to begin anew.
class KeptDraftNote final : public QWidget {
    Q_OBJECT

public:
    explicit KeptDraftNote(QWidget *parent = nullptr);

Q_SIGNALS:
    void startOverRequested();
};
