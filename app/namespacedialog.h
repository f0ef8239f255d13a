// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/questiondialog.h"

class Field;
class QLineEdit;
class QPushButton;

/// Asks for the namespace in which Messaging is to be looked at. Shown with open(); deletes itself when closed.
class NamespaceDialog final : public QuestionDialog {
    Q_OBJECT

public:
    explicit NamespaceDialog(const QString &current, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &nameSpace);

private:
    void judge();

    QLineEdit *m_edit;
    Field *m_field;
    QPushButton *m_show;
};
