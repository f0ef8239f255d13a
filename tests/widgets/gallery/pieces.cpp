// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/pieces.h"

#include "widgets/common/look.h"

#include <QBoxLayout>

QString Pieces::text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

QPushButton *Pieces::button(const char *label, const char *property)
{
    auto *made = new QPushButton(text(label));
    if (property)
        made->setProperty(property, true);
    return made;
}

QHBoxLayout *Pieces::row(std::initializer_list<QWidget *> widgets)
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(Look::spaceS);
    for (QWidget *widget : widgets)
        layout->addWidget(widget);
    layout->addStretch();
    return layout;
}

QWidget *Pieces::page(QVBoxLayout *&left, QVBoxLayout *&right)
{
    auto *made = new QWidget;
    auto *columns = new QHBoxLayout(made);
    columns->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    columns->setSpacing(Look::cardGap);
    left = new QVBoxLayout;
    right = new QVBoxLayout;
    for (QVBoxLayout *column : {left, right})
        column->setSpacing(Look::cardGap);
    columns->addLayout(left, 3);
    columns->addLayout(right, 2);
    return made;
}
