// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copyablerow.h"

#include "widgets/common/copiedsign.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/plaintooltip.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

CopyableRow::CopyableRow(const QString &label, const QString &value, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_value(new QLineEdit(this))
    , m_ellipsis(new QLabel(QString(QChar(0x2026)), m_value))
    , m_copy(new QToolButton(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setBuddy(m_value);
    setTextRole(m_label, Look::SoftText);
    m_value->setReadOnly(true);
    m_value->setFrame(false);
    m_value->setProperty("bare", true);
    // QLineEdit's own inset, so that the value stands where a label's would.
    m_value->setTextMargins(-2, 0, -2, 0);
    m_value->setObjectName(QStringLiteral("valueEdit"));
    m_value->installEventFilter(this);
    m_ellipsis->setObjectName(QStringLiteral("valueEllipsis"));
    m_ellipsis->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_ellipsis->setAutoFillBackground(true);
    m_ellipsis->setBackgroundRole(QPalette::Base);
    m_copy->setAutoRaise(true);
    m_copy->setObjectName(QStringLiteral("copyButton"));
    m_copy->setIcon(Icons::icon(Icons::Name::Copy));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_label);
    layout->addWidget(m_value, 1);
    layout->addWidget(m_copy);
    setFixedHeight(Look::rowHeight);
    setLabelWidth(124);
    setLabel(label);
    setValue(value);
    renewLook();
    connect(m_copy, &QToolButton::clicked, this, &CopyableRow::copy);
}

void CopyableRow::setLabel(const QString &label)
{
    m_name = label;
    renewLabel();
    m_value->setAccessibleName(label);
    m_copy->setAccessibleName(tr("Copy %1").arg(label));
    m_copy->setToolTip(tr("Copy"));
}

void CopyableRow::setValue(const QString &value)
{
    m_copied = value;
    m_value->setText(value);
    m_value->setCursorPosition(0);
    m_copy->setEnabled(!value.isEmpty());
    renewEllipsis();
}

void CopyableRow::setCopied(const QString &whole)
{
    m_copied = whole;
    m_copy->setEnabled(!whole.isEmpty());
}

QString CopyableRow::value() const
{
    return m_value->text();
}

void CopyableRow::setLabelWidth(int width)
{
    m_label->setFixedWidth(width);
    renewLabel();
}

void CopyableRow::renewLabel()
{
    m_label->setText(m_label->fontMetrics().elidedText(m_name, Qt::ElideMiddle, m_label->width()));
    m_label->setToolTip(m_label->text() == m_name ? QString() : plainToolTip(m_name));
}

bool CopyableRow::isCut() const
{
    return m_value->fontMetrics().horizontalAdvance(value()) > m_value->width();
}

/// A line edit cuts in the middle of a letter and says nothing.
void CopyableRow::renewEllipsis()
{
    m_ellipsis->setVisible(isCut() && !m_value->hasFocus());
    const int width = m_ellipsis->sizeHint().width();
    m_ellipsis->setGeometry(QStyle::visualRect(
        layoutDirection(), m_value->rect(), QRect(m_value->width() - width, 0, width, m_value->height())));
}

void CopyableRow::setLineBelow(bool line)
{
    m_lineBelow = line;
    update();
}

void CopyableRow::copy()
{
    QGuiApplication::clipboard()->setText(m_copied);
    showCopied(m_copy);
    emit copied();
}

void CopyableRow::renewLook()
{
    m_value->setFont(Look::fixedFont());
    m_ellipsis->setFont(Look::fixedFont());
    renewLabel();
    renewEllipsis();
}

void CopyableRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        renewLook();
}

bool CopyableRow::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Resize || type == QEvent::FocusIn || type == QEvent::FocusOut)
        renewEllipsis();
    // all of it by the keyboard is the same as by the button
    if (type == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy) && !value().isEmpty()
        && m_value->selectedText() == value()) {
        copy();
        return true;
    }
    if (type == QEvent::ToolTip && isCut() && toolTip().isEmpty()) {
        showPlainToolTip(static_cast<QHelpEvent *>(event)->globalPos(), value(), m_value);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void CopyableRow::paintEvent(QPaintEvent *)
{
    if (!m_lineBelow)
        return;
    QPainter painter(this);
    paintHairline(painter, 0, width(), height() - 1, Look::color(Look::FaintLine));
}
