// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/protection.h"
#include "services/domain/runtime.h"
#include "widgets/common/questiondialog.h"

class QPushButton;

/// Asks whether a mark that others set is to be taken away, and says before what that sets free. Shown with open();
/// deletes itself when closed.
class UnarchiveDialog final : public QuestionDialog {
    Q_OBJECT

public:
    /// `phase` is that of the runtime: what was held in it goes on.
    UnarchiveDialog(const QString &cluster, const ArchiveMark &mark, RuntimePhase phase, QWidget *parent = nullptr);

    void setAccess(const Access &access);

private:
    QPushButton *m_unarchive;
};
