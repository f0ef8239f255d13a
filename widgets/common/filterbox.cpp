// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterbox.h"

#include "widgets/common/icons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QShortcut>
#include <QStyle>
#include <QToolButton>

FilterBox::FilterBox(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_clear(new QToolButton(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_clear->setAutoRaise(true);
    m_clear->setFocusPolicy(Qt::NoFocus);
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->setIcon(Icons::icon(Icons::Name::Cross));
    m_clear->setToolTip(tr("Clear the filter (Escape)"));
    m_clear->setAccessibleName(tr("Clear the filter"));
    m_clear->hide();
    connect(m_clear, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, &FilterBox::renewMargins);
    renewMargins();
}

void FilterBox::setShortcut(const QKeySequence &shortcut)
{
    m_shortcut = shortcut;
    auto *leadHere = new QShortcut(shortcut, this);
    connect(leadHere, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    renewMargins();
}

void FilterBox::setResultText(const QString &text)
{
    m_resultText = text;
    renewMargins();
}

void FilterBox::renewMargins()
{
    m_clear->setVisible(!text().isEmpty());
    setTextMargins(20, 0, 24, 0);
    update();
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    Icons::paint(&painter, QStyle::visualRect(layoutDirection(), rect(), QRect(8, (height() - 14) / 2, 14, 14)),
        Icons::Name::Search, Look::color(Look::FaintText));
}
