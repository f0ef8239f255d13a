// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/panelsplit.h"

#include "widgets/common/look.h"

#include <QApplication>
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
    if (m_panel)
        m_panel->show();
}

bool PanelSplit::isOver() const
{
    return m_panel && width() < leastMainWidth + Look::cardGap + leastWidth();
}

QSize PanelSplit::minimumSizeHint() const
{
    return {leastPanelWidth, m_main->minimumSizeHint().height()};
}

int PanelSplit::leastWidth() const
{
    if (!m_panel)
        return leastPanelWidth;
    return std::max({leastPanelWidth, m_panel->minimumSizeHint().width(), m_panel->minimumWidth()});
}

int PanelSplit::panelWidth() const
{
    return std::clamp(m_wantedWidth, leastWidth(), std::max(leastWidth(), width() - Look::cardGap - leastMainWidth));
}

void PanelSplit::arrange()
{
    m_handle->setVisible(m_panel && !isOver());
    if (isOver())
        coverMain();
    else
        placeBeside();
    Q_EMIT arranged();
}

void PanelSplit::placeBeside()
{
    const int left = m_panel ? width() - panelWidth() : width() + Look::cardGap;
    m_main->setGeometry(0, 0, left - Look::cardGap, height());
    m_main->show();
    if (m_panel) {
        m_panel->setGeometry(left, 0, panelWidth(), height());
        m_handle->setGeometry(left - Look::cardGap, 0, Look::cardGap, height());
    }
}

/// The keyboard goes where the eye goes.
void PanelSplit::coverMain()
{
    m_panel->setGeometry(rect());
    m_panel->show();
    const QWidget *focus = QApplication::focusWidget();
    if (focus && m_main->isAncestorOf(focus))
        m_panel->setFocus(Qt::OtherFocusReason);
    m_main->hide();
}

/// What a panel needs at least is known once its content is laid out, and changes with that.
bool PanelSplit::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
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
