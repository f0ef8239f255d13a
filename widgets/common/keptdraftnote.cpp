// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/keptdraftnote.h"

#include "widgets/common/icons.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/wrappinglabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

KeptDraftNote::KeptDraftNote(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("keptDraftNote"));
    auto *icon = new QLabel(this);
    icon->setPixmap(Icons::icon(Icons::Name::Info, Look::SoftText).pixmap(16));
    auto *words = new WrappingLabel(this);
    words->setText(tr("Draft kept from before"));
    setTextRole(words, Look::SoftText);
    auto *restart = new QPushButton(tr("Start over"), this);
    restart->setObjectName(QStringLiteral("startOverButton"));
    restart->setProperty("flat", true);
    restart->setToolTip(tr("Discard what was entered and begin with an empty form"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(Look::cardPadding, 0, Look::spaceS, Look::spaceXs);
    line->setSpacing(Look::spaceS);
    line->addWidget(icon);
    line->addWidget(words, 1, Qt::AlignVCenter);
    line->addWidget(restart);
    hide();
    connect(restart, &QPushButton::clicked, this, &KeptDraftNote::startOverRequested);
}
