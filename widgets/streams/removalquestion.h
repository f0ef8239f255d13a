// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/stream.h"
#include "services/domain/streammessage.h"
#include "widgets/common/questiondialog.h"

class QPushButton;

/// Asks whether one message is to be deleted, and says what that means. Shown with open(); deletes itself when closed.
class RemovalQuestion final : public QuestionDialog {
    Q_OBJECT

public:
    RemovalQuestion(const Stream &stream, const StreamMessage &message, QWidget *parent = nullptr);

    void setAccess(const Access &access);

Q_SIGNALS:
    void confirmed();

private:
    QPushButton *m_delete;
};
