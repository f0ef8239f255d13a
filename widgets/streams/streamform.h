// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"
#include "services/domain/stream.h"

#include <QWidget>

class Field;
class FormPanel;
class QComboBox;
class QLineEdit;
class SegmentedChoice;
class SubjectPreview;

/// Asks what a new stream is to be. Judges the draft while it is typed; shows problems of fields that a person has been
/// to, all of them once submitting was tried. Knows no service: whoever uses it creates, and shows the outcome here.
class StreamForm final : public QWidget {
    Q_OBJECT

public:
    explicit StreamForm(QWidget *parent = nullptr);

    void setAccounts(const QStringList &accounts);
    /// Judges again.
    void setContext(const StreamContext &context);
    void setSubmitAccess(const Access &access);

    StreamDraft draft() const;
    void setDraft(const StreamDraft &draft);
    void setBusy(bool busy);
    bool isBusy() const;
    void showError(const Error &error);
    /// An empty draft in the first account.
    void clear();
    void focusFirst();

Q_SIGNALS:
    /// By a person, with a draft that holds up.
    void submitted(const StreamDraft &draft);
    void cancelled();
    void closeRequested();

private:
    void makeControls();
    void layOut();
    void connectControls();
    void connectEdit(QLineEdit *edit, const QString &name, bool isJudgedAtOnce);
    FieldErrors typedProblems() const;
    void judge();
    void submit();
    void offerReplicas();

    FormPanel *m_panel;
    QComboBox *m_account;
    QLineEdit *m_name;
    QLineEdit *m_subjects;
    SubjectPreview *m_preview;
    QLineEdit *m_description;
    SegmentedChoice *m_retention;
    SegmentedChoice *m_storage;
    SegmentedChoice *m_replicas;
    Field *m_replicasField;
    QLineEdit *m_maxAge;
    QLineEdit *m_maxMessages;
    QLineEdit *m_maxBytes;
    SegmentedChoice *m_discard;
    StreamContext m_context;
};
