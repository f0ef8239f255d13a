// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/secretedit.h"

#include "widgets/common/secretclipboard.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    const auto is = [event](QKeySequence::StandardKey key) { return event->matches(key); };
    if (isReadable() && is(QKeySequence::Copy)) {
        copySelection();
    } else if (isReadable() && is(QKeySequence::Cut)) {
        cutSelection();
    } else if (isReadable() && is(QKeySequence::DeleteEndOfLine)) {
        setSelection(cursorPosition(), int(text().size()));
        cutSelection();
    } else if (isReadable() && is(QKeySequence::DeleteCompleteLine)) {
        selectAll();
        cutSelection();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void SecretEdit::mouseReleaseEvent(QMouseEvent *event)
{
    // QLineEdit hands the selection out here.
    if (!isReadable() || event->button() != Qt::LeftButton)
        QLineEdit::mouseReleaseEvent(event);
}

void SecretEdit::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const char *name, const QString &text, QKeySequence::StandardKey key, bool isPossible) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        action->setEnabled(isPossible);
        return action;
    };
    const bool isCopyable = isReadable() && hasSelectedText();
    connect(add("cutAction", tr("Cu&t"), QKeySequence::Cut, isCopyable && !isReadOnly()), &QAction::triggered, this,
        &SecretEdit::cutSelection);
    connect(add("copyAction", tr("&Copy"), QKeySequence::Copy, isCopyable), &QAction::triggered, this,
        &SecretEdit::copySelection);
    connect(add("pasteAction", tr("&Paste"), QKeySequence::Paste, !isReadOnly()), &QAction::triggered, this,
        &QLineEdit::paste);
    menu->addSeparator();
    connect(add("selectAllAction", tr("Select &all"), QKeySequence::SelectAll, !text().isEmpty()), &QAction::triggered,
        this, &QLineEdit::selectAll);
    menu->popup(event->globalPos());
}

void SecretEdit::copySelection()
{
    if (isReadable() && hasSelectedText())
        copySecret(SecretString(selectedText()), secretLife);
}

void SecretEdit::cutSelection()
{
    copySelection();
    if (!isReadOnly() && hasSelectedText())
        del();
}
