// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/typinglimit.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QLocale>
#include <QToolTip>

void limitTyping(QLineEdit *edit, int most)
{
    edit->setMaxLength(most);
    QObject::connect(edit, &QLineEdit::inputRejected, edit, [edit] {
        // also sent for what a validator refuses
        if (isFull(*edit))
            QToolTip::showText(edit->mapToGlobal(QPoint(0, edit->height())),
                QCoreApplication::translate("TypingLimit", "At most %1 characters fit here: the rest was left out.")
                    .arg(QLocale().toString(edit->maxLength())),
                edit);
    });
}

bool isFull(const QLineEdit &edit)
{
    return edit.text().size() >= edit.maxLength();
}
