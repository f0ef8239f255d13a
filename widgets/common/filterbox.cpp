// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterbox.h"

#include "widgets/common/icons.h"
#include "widgets/common/typinglimit.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPainter>
#include <QShortcut>
#include <QStyle>
#include <QToolButton>

namespace {
constexpr int iconRoom = 18;
constexpr int clearSize = 22;
constexpr int longestFilter = 200; // each of its words is looked for in every row

bool isPlain(const QKeyEvent &event)
{
    return (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
}

bool leadsToRows(const QKeyEvent &event)
{
    const int key = event.key();
    return isPlain(event) && (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter);
}

/// Past headings, which can't be selected; -1: there is none.
int firstRow(const QAbstractItemModel &model)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).flags() & Qt::ItemIsSelectable)
            return row;
    }
    return -1;
}
} // namespace

FilterBox::FilterBox(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_clear(new QToolButton(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    limitTyping(this, longestFilter);
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
    setToolTip(QStringLiteral("%1 (%2)").arg(placeholderText(), shortcut.toString(QKeySequence::NativeText)));
    auto *leadHere = new QShortcut(shortcut, this);
    connect(leadHere, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    renewMargins();
}

void FilterBox::setRows(QAbstractItemView *rows)
{
    m_rows = rows;
    rows->installEventFilter(this);
}

/// False where there is none, or something else stands in their place.
bool FilterBox::goToRows()
{
    const int row = m_rows && m_rows->isVisible() ? firstRow(*m_rows->model()) : -1;
    if (row < 0)
        return false;
    m_rows->setFocus(Qt::OtherFocusReason);
    m_rows->setCurrentIndex(m_rows->model()->index(row, 0));
    m_rows->scrollTo(m_rows->currentIndex());
    return true;
}

bool FilterBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_rows && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Up && isPlain(*key) && m_rows->currentIndex().row() <= firstRow(*m_rows->model())) {
            setFocus(Qt::BacktabFocusReason);
            return true;
        }
    }
    return QLineEdit::eventFilter(watched, event);
}

void FilterBox::setResultText(const QString &text)
{
    m_resultText = text;
    renewMargins();
}

QString FilterBox::endText() const
{
    if (text().isEmpty())
        return m_shortcut.toString(QKeySequence::NativeText).replace(QLatin1Char('+'), QLatin1Char(' '));
    return m_resultText;
}

void FilterBox::renewMargins()
{
    m_clear->setVisible(!text().isEmpty());
    const int words = QFontMetrics(Look::captionFont()).horizontalAdvance(endText());
    const int end = (words > 0 ? words + Look::spaceS : 0) + (m_clear->isHidden() ? 0 : clearSize);
    const bool isLeftToRight = layoutDirection() == Qt::LeftToRight;
    setTextMargins(isLeftToRight ? iconRoom : end, 0, isLeftToRight ? end : iconRoom, 0);
    m_clear->setGeometry(QStyle::visualRect(
        layoutDirection(), rect(), QRect(width() - clearSize - 4, (height() - clearSize) / 2, clearSize, clearSize)));
    update();
}

void FilterBox::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    renewMargins();
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (leadsToRows(*event) && goToRows())
        return;
    QLineEdit::keyPressEvent(event);
}

void FilterBox::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const auto visual = [&](const QRect &place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    Icons::paint(
        &painter, visual(QRect(8, (height() - 14) / 2, 14, 14)), Icons::Name::Search, Look::color(Look::FaintText));
    const QString words = endText();
    if (words.isEmpty())
        return;
    painter.setFont(Look::captionFont());
    painter.setPen(Look::color(Look::FaintText));
    const int end = 10 + (m_clear->isHidden() ? 0 : clearSize - 4);
    const int wordsWidth = painter.fontMetrics().horizontalAdvance(words);
    painter.drawText(visual(QRect(width() - end - wordsWidth, 0, wordsWidth + 1, height())),
        Qt::AlignVCenter | Qt::TextSingleLine, words);
}
