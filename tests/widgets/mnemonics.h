// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QHash>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>

enum class Lacking { Wrong, Allowed };

/// What is wrong with the mnemonics of `form`: a labelled control or a push button that has none, or two with the same.
/// Empty: nothing. Looks at what would be shown. A form has more fields than a window has letters left: there some may
/// lack one.
inline QString mnemonicClash(const QWidget &form, Lacking lacking = Lacking::Wrong)
{
    QHash<QKeySequence, QString> taken;
    QStringList texts;
    for (const QLabel *label : form.findChildren<QLabel *>()) {
        if (label->buddy() && label->isVisibleTo(&form))
            texts << label->text();
    }
    for (const QPushButton *button : form.findChildren<QPushButton *>()) {
        if (button->isVisibleTo(&form))
            texts << button->text();
    }
    for (const QString &text : texts) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (key.isEmpty() && lacking == Lacking::Allowed)
            continue;
        if (key.isEmpty())
            return QStringLiteral("%1 has no mnemonic").arg(text);
        if (taken.contains(key))
            return QStringLiteral("%1 and %2 share %3").arg(taken.value(key), text, key.toString());
        taken.insert(key, text);
    }
    return {};
}
