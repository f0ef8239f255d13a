// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "widgets/common/questiondialog.h"

class QLineEdit;
class QPushButton;

/// The last question before something that can't be undone: says what will be gone and lets it go only when its name
/// has been typed. Shown with open(); deletes itself when closed.
class ConfirmByTyping final : public QuestionDialog {
    Q_OBJECT

public:
    struct Question {
        QString title; ///< "Delete the stream ORDERS"
        QString text; ///< what happens, in a sentence
        QStringList gone; ///< "9,318 messages", "4 consumers"
        QString name; ///< what is to be typed, exactly
        QString buttonText; ///< "Delete ORDERS"
    };

    explicit ConfirmByTyping(const Question &question, QWidget *parent = nullptr);

    QLineEdit *nameEdit() const { return m_edit; }
    QPushButton *dangerButton() const { return m_danger; }
    /// What was typed stays while it can't be confirmed; the button says why.
    void setAccess(const Access &access);
    /// Between the list and the name: a backup that is offered first, an extra choice. The dialog takes ownership.
    void addWidget(QWidget *widget);

signals:
    void confirmed();

private:
    void layOut(const Question &question);
    void renew();

    QString m_name;
    Access m_access = Access::yes();
    class QVBoxLayout *m_extra;
    QLineEdit *m_edit;
    QPushButton *m_danger;
    QPushButton *m_cancel;
};
