// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "widgets/common/questiondialog.h"

class QPushButton;

/// Asks whether something is to be done, and says before what that does. Shown with open(); deletes itself when closed.
class ActionQuestion final : public QuestionDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString text;
        QString action; ///< what happens: "&Disconnect"
    };

    explicit ActionQuestion(const Words &words, QWidget *parent = nullptr);

    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed();

private:
    QPushButton *m_action;
};
