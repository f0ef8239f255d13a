// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/access.h"
#include "widgets/common/draftholder.h"
#include "widgets/common/formcontrols.h"
#include "widgets/common/waitingkeyboard.h"

#include <QSet>

class Field;
class FieldErrorDoor;
class FieldRow;
class Fold;
class InlineMessage;
class KeptDraftNote;
class QPushButton;
class QScrollArea;
class QVBoxLayout;
class SidePanel;

/// A form beside a list, from which each form derives: sections of fields that scroll, below them what went wrong, and
/// a footer that says what submitting does. Fields are laid out, and visited by Tab, in the order added.
///
/// Judges the draft while it is typed; shows problems of fields that a person has been to, all of them once submitting
/// was tried. What was entered stays until it is cancelled, and the form says so when it is shown again. Knows no
/// service: whoever uses it creates, and shows the outcome here.
class FormPanel : public FormControls, public DraftHolder {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString submit; ///< what happens: "Crea&te stream"
        QString busy; ///< that it does: "Creating the stream…"
        QString stem; ///< as in ListPage::Words
    };

    void setSubmitAccess(const Access &access);
    /// While the answer is on its way nothing can be changed or submitted again. A keyboard that was in the form stays
    /// there, and goes back to its field.
    void setBusy(bool busy);
    bool isBusy() const { return m_isBusy; }
    /// Field errors go to their fields, the rest into a message, in the server's words.
    void showError(const Error &error);
    /// When a person opens the form: at its top, with the keyboard in the first control and its text selected, and
    /// without complaints where nothing was entered.
    void begin();
    /// As if nobody had been here.
    void clear();
    bool hasDraft() const final { return !m_edited.isEmpty(); }

Q_SIGNALS:
    /// Discarded what was entered.
    void cancelled();
    /// Only puts the form away.
    void closeRequested();

protected:
    FormPanel(const Words &words, QWidget *parent);

    // Layout.
    void addSection(const QString &title);
    /// What follows belongs in a fold of that title, closed at first, until endFold().
    Fold *addFold(const QString &title);
    void endFold();
    Field *addField(const QString &label, QWidget *control, const QString &hint = {});
    /// Beside others of its kind where there is room.
    Field *addNarrowField(const QString &label, QWidget *control, const QString &hint = {});
    /// What is no field takes a line of its own; shown or hidden as it was.
    void addWide(QWidget *widget);
    /// Stays in sight below the fields, above what went wrong; shown or hidden as it was.
    void addStanding(QWidget *widget);
    /// The one that a person begins with; a kept draft goes on where it was left.
    void setFirstControl(QWidget *control)
    {
        m_first = control;
        setFocusProxy(control);
    }
    /// After the last field.
    void finish();

    void judge();

    /// What is wrong with the draft, beyond what was no number at all.
    virtual FieldErrors problems() const = 0;
    virtual void submitDraft() = 0;
    virtual void emptyControls() = 0;
    /// The draft has been judged: says what else there is to say of it.
    virtual void judged() { }
    /// Something was chosen: shows what applies now.
    virtual void showWhatApplies() { }

    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void connectButtons();
    void noteTyped(const QString &name, Judged judged, bool isUsual) final;
    void noteChosen(const QString &name, bool isUsual) final;
    void noteEdited(const QString &name, bool isUsual);
    void addFields();
    Field *placeField(const QString &label, QWidget *control, const QString &hint, bool isWide);
    void submit();
    void startOver();
    void clearError();
    void showFirstWrong();
    void renewSubmit();
    void renewCancel();
    QString submitTip() const;

    SidePanel *m_panel;
    QWidget *m_content;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    QVBoxLayout *m_below; ///< the fields
    KeptDraftNote *m_kept;
    InlineMessage *m_message;
    QPushButton *m_submit;
    QPushButton *m_cancel;
    FieldErrorDoor *m_door;
    WaitingKeyboard m_keyboard;
    QVBoxLayout *m_place; ///< where sections go: the column, or a fold in it
    FieldRow *m_section = nullptr;
    QWidget *m_first = nullptr;
    QList<QWidget *> m_controls;
    QSet<QString> m_edited;
    QString m_submitText;
    QString m_busyText;
    Access m_access;
    bool m_isFinished = false; ///< before, what a leaf sets is nobody's edit
    bool m_isBusy = false;
};
