// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"

#include <QWidget>

class Field;
class FieldErrorDoor;
class InlineMessage;
class QPushButton;
class QVBoxLayout;
class SidePanel;

/// A form beside a list: sections of fields that scroll, below them what went wrong, and a footer that says what
/// submitting does. Fields are laid out, and visited by Tab, in the order added.
class FormPanel final : public QWidget {
    Q_OBJECT

public:
    /// `submitText` says what happens ("Create stream"), `busyText` that it does ("Creating the stream…").
    FormPanel(const QString &title, const QString &submitText, const QString &busyText, QWidget *parent = nullptr);

    void addSection(const QString &title);
    /// `name` is the API's own for it.
    void addField(const QString &name, Field *field);
    /// Side by side where there is room.
    void addFields(const QList<std::pair<QString, Field *>> &fields);
    void addWidget(QWidget *widget);
    /// After the last field.
    void finish();

    FieldErrorDoor *door() const { return m_door; }
    QPushButton *submitButton() const { return m_submit; }
    QPushButton *cancelButton() const { return m_cancel; }
    InlineMessage *message() const { return m_message; }

    void setSubmitAccess(const Access &access);
    /// While the answer is on its way nothing can be changed or submitted again.
    void setBusy(bool busy);
    bool isBusy() const { return m_isBusy; }
    /// Field errors go to their fields, the rest into a message, in the server's words.
    void showError(const Error &error);
    void clearError();
    void focusFirst();

Q_SIGNALS:
    void submitRequested();
    /// Discards what was entered.
    void cancelRequested();
    /// Only puts the form away.
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void renewSubmit();

    SidePanel *m_panel;
    QWidget *m_content;
    QVBoxLayout *m_column;
    InlineMessage *m_message;
    QPushButton *m_submit;
    QPushButton *m_cancel;
    FieldErrorDoor *m_door;
    QList<QWidget *> m_controls;
    QString m_submitText;
    QString m_busyText;
    Access m_access;
    bool m_isBusy = false;
};
