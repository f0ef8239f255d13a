// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copiedsign.h"

#include "widgets/common/icons.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QTimer>
#include <QToolTip>

using namespace std::chrono_literals;

void showCopied(QAbstractButton *button, const QString &words)
{
    const QString said = words.isEmpty() ? QCoreApplication::translate("CopiedSign", "Copied") : words;
    auto *end = button->findChild<QTimer *>(QStringLiteral("copiedTimer"), Qt::FindDirectChildrenOnly);
    if (!end) {
        end = new QTimer(button);
        end->setObjectName(QStringLiteral("copiedTimer"));
        end->setSingleShot(true);
        end->setInterval(2s);
        QObject::connect(end, &QTimer::timeout, button, [button] {
            button->setIcon(Icons::icon(Icons::Name::Copy));
            button->setAccessibleDescription({});
        });
    }
    end->start();
    button->setIcon(Icons::icon(Icons::Name::Check, Look::Good));
    button->setAccessibleDescription(said);
    QToolTip::showText(button->mapToGlobal(button->rect().bottomLeft()), said, button, {}, end->interval());
}
