// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/panelsplit.h"

#include "widgets/common/look.h"

#include <QMouseEvent>
#include <QSettings>

#include <algorithm>

namespace {

constexpr int leastMainWidth = 560;
constexpr int leastPanelWidth = 300;

} // namespace

PanelSplit::PanelSplit(QWidget *main, const QString &settingsKey, QWidget *parent)
    : QWidget(parent)
    , m_main(main)
    , m_handle(new QWidget(this))
    , m_settingsKey(settingsKey)
    , m_wantedWidth(QSettings().value(settingsKey, Look::detailWidth).toInt())
{
    m_main->setParent(this);
    m_handle->setCursor(Qt::SplitHCursor);
    m_handle->setToolTip(tr("Drag to set the panel's width"));
    m_handle->installEventFilter(this);
    arrange();
}

void PanelSplit::addPanel(QWidget *panel)
{
    panel->setParent(this);
    panel->hide();
}

void PanelSplit::showPanel(QWidget *panel)
{
    if (panel == m_panel)
        return;
    if (m_panel)
        m_panel->hide();
    m_panel = panel;
    arrange();
    if (m_panel) {
        m_panel->show();
        m_panel->raise();
        m_handle->raise();
    }
}

bool PanelSplit::isOver() const
{
    return m_panel && width() < leastMainWidth + Look::cardGap + panelWidth();
}

QSize PanelSplit::minimumSizeHint() const
{
    return {leastPanelWidth, m_main->minimumSizeHint().height()};
}

int PanelSplit::panelWidth() const
{
    const int least = std::max(leastPanelWidth, m_panel ? m_panel->minimumSizeHint().width() : 0);
    return std::min(std::max(m_wantedWidth, least), std::max(width(), least));
}

void PanelSplit::arrange()
{
    m_handle->setVisible(m_panel);
    if (!m_panel) {
        m_main->setGeometry(rect());
        return;
    }
    const int wide = panelWidth();
    const int left = width() - wide;
    m_main->setGeometry(0, 0, isOver() ? width() : left - Look::cardGap, height());
    m_panel->setGeometry(left, 0, wide, height());
    m_handle->setGeometry(left - (isOver() ? 3 : Look::cardGap), 0, isOver() ? 6 : Look::cardGap, height());
}

void PanelSplit::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool PanelSplit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_handle)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseMove) {
        const auto *move = static_cast<QMouseEvent *>(event);
        m_wantedWidth = width() - m_handle->mapToParent(move->position().toPoint()).x();
        arrange();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        m_wantedWidth = panelWidth();
        QSettings().setValue(m_settingsKey, m_wantedWidth);
    }
    return QWidget::eventFilter(watched, event);
}
