// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/scrollpage.h"

#include "widgets/common/focusanchor.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"

#include <QFocusEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace {

/// Lies over the page, because the page's content covers what the page paints.
class FocusRing final : public QWidget {
public:
    explicit FocusRing(QWidget *parent)
        : QWidget(parent)
    {
        setObjectName(QStringLiteral("pageFocusRing"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintFocusRing(painter, rect(), 0);
    }
};

} // namespace

ScrollPage::ScrollPage(QWidget *parent)
    : QScrollArea(parent)
    , m_ring(new FocusRing(this))
{
    auto *content = new QWidget;
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(Look::pageMargin, Look::pageMargin, Look::pageMargin, Look::pageMargin);
    m_body->setSpacing(Look::cardGap);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    new FocusAnchor(this);
}

void ScrollPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    m_ring->setGeometry(rect());
}

void ScrollPage::focusInEvent(QFocusEvent *event)
{
    QScrollArea::focusInEvent(event);
    const Qt::FocusReason reason = event->reason();
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) // which bring back what was
        m_isReachedByKey =
            reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    m_ring->setVisible(m_isReachedByKey);
    m_ring->raise();
}

void ScrollPage::focusOutEvent(QFocusEvent *event)
{
    QScrollArea::focusOutEvent(event);
    m_ring->hide();
}
