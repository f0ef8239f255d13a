// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clusterlistpanel.h"

#include "app/clusteritemdelegate.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/filterbox.h"
#include "widgets/common/icons.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace {

constexpr int smallestWidth = 160;

QListView *createList(QAbstractItemModel *model, QWidget *parent)
{
    auto *list = new QListView(parent);
    list->setObjectName(QStringLiteral("clusterList"));
    list->setAccessibleName(ClusterListPanel::tr("Clusters"));
    list->setModel(model);
    list->setItemDelegate(new ClusterItemDelegate(list));
    list->setFrameShape(QFrame::NoFrame);
    list->setMouseTracking(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->viewport()->setAutoFillBackground(false);
    list->setFocusPolicy(Qt::StrongFocus);
    list->setContextMenuPolicy(Qt::CustomContextMenu);
    return list;
}

bool isOpen(const QModelIndex &index)
{
    return index.data(ClusterListModel::IsOpenRole).toBool();
}

} // namespace

ClusterListPanel::ClusterListPanel(QWidget *parent)
    : QWidget(parent)
    , m_filter(new FilterBox(tr("Filter clusters"), this))
    , m_list(createList(&m_model, this))
{
    m_filter->setObjectName(QStringLiteral("clusterFilterEdit"));
    m_filter->setAccessibleName(tr("Filter clusters"));
    m_filter->setRows(m_list);
    auto *add = new QPushButton(Icons::icon(Icons::Name::Plus), tr("Add &kubeconfig…"), this);
    add->setObjectName(QStringLiteral("addKubeconfigButton"));
    add->setProperty("flat", true);
    auto *passwords = new QPushButton(Icons::icon(Icons::Name::Key), tr("Kept pass&words…"), this);
    passwords->setObjectName(QStringLiteral("keptPasswordsButton"));
    passwords->setProperty("flat", true);

    setMinimumWidth(smallestWidth);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceS, Look::spaceM, Look::spaceS, Look::spaceS);
    layout->setSpacing(Look::spaceS);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(add, 0, Qt::AlignLeft);
    layout->addWidget(passwords, 0, Qt::AlignLeft);

    connect(m_filter, &QLineEdit::textChanged, this,
        [this](const QString &text) { keepCurrentOver([this, text] { m_model.setFilter(text); }); });
    connect(m_list, &QListView::clicked, this, &ClusterListPanel::choose);
    connect(m_list, &QListView::activated, this, &ClusterListPanel::open);
    connect(m_list, &QListView::customContextMenuRequested, this, &ClusterListPanel::showMenu);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    connect(add, &QPushButton::clicked, this, &ClusterListPanel::addRequested);
    connect(passwords, &QPushButton::clicked, this, &ClusterListPanel::passwordsRequested);
    // Only here: a page's own filter has the same key.
    auto *find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_filter, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
}

void ClusterListPanel::setEntries(const QList<ClusterEntry> &entries)
{
    keepCurrentOver([this, entries] { m_model.setEntries(entries); });
}

void ClusterListPanel::setCurrent(const QString &id)
{
    m_currentId = id;
    m_list->setCurrentIndex(m_model.indexOf(id));
}

void ClusterListPanel::takeKeyboard()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

QSize ClusterListPanel::sizeHint() const
{
    return {Look::sideWidth, QWidget::sizeHint().height()};
}

/// The row on which a person is with the keyboard stays current, unless it goes.
void ClusterListPanel::keepCurrentOver(const std::function<void()> &change)
{
    const QPersistentModelIndex current = m_list->currentIndex();
    const QString id = current.data(ClusterListModel::IdRole).toString();
    change();
    if (current.isValid())
        return;
    const QModelIndex moved = m_model.indexOf(id);
    m_list->setCurrentIndex(moved.isValid() ? moved : m_model.indexOf(m_currentId));
}

void ClusterListPanel::choose(const QModelIndex &index)
{
    if (index.data(ClusterListModel::IsFoldRole).toBool())
        m_model.toggleArchived();
    else
        open(index);
}

void ClusterListPanel::open(const QModelIndex &index)
{
    const QString id = index.data(ClusterListModel::IdRole).toString();
    if (!id.isEmpty())
        Q_EMIT clusterChosen(id);
}

bool ClusterListPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress)
        return foldsBy(*static_cast<QKeyEvent *>(event)) || QWidget::eventFilter(watched, event);
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonPress)
        return isBesideRows(*static_cast<QMouseEvent *>(event)) || QWidget::eventFilter(watched, event);
    if (watched != m_list->viewport() || event->type() != QEvent::MouseButtonRelease)
        return QWidget::eventFilter(watched, event);
    const auto *click = static_cast<QMouseEvent *>(event);
    const QModelIndex index = m_list->indexAt(click->position().toPoint());
    if (click->button() == Qt::MiddleButton && isOpen(index))
        Q_EMIT closeRequested(index.data(ClusterListModel::IdRole).toString());
    return QWidget::eventFilter(watched, event);
}

/// Where there is nothing to choose: the row that is marked stays so.
bool ClusterListPanel::isBesideRows(const QMouseEvent &press) const
{
    const QModelIndex index = m_list->indexAt(press.position().toPoint());
    const bool isFold = index.data(ClusterListModel::IsFoldRole).toBool();
    return !index.isValid() || (index.data(ClusterListModel::IsHeadingRole).toBool() && !isFold);
}

/// Not by activated(): the click that has folded already may end in that.
bool ClusterListPanel::foldsBy(const QKeyEvent &press)
{
    const int key = press.key();
    const bool isFold = m_list->currentIndex().data(ClusterListModel::IsFoldRole).toBool();
    if (!isFold || (key != Qt::Key_Return && key != Qt::Key_Enter && key != Qt::Key_Space))
        return false;
    m_model.toggleArchived();
    return true;
}

void ClusterListPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_list->indexAt(position);
    const QString id = index.data(ClusterListModel::IdRole).toString();
    if (id.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("clusterMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addAction(isOpen(index) ? tr("&Show") : tr("&Open"), this, [this, id] { Q_EMIT clusterChosen(id); });
    QAction *close = menu->addAction(tr("&Close"), this, [this, id] { Q_EMIT closeRequested(id); });
    setDisabledReason(close, isOpen(index) ? QString() : tr("It is not open."));
    menu->addSeparator();
    QAction *readOnly = menu->addAction(tr("&Read-only on this workstation"));
    readOnly->setObjectName(QStringLiteral("clusterReadOnlyAction"));
    readOnly->setCheckable(true);
    readOnly->setChecked(index.data(ClusterListModel::ReadOnlyRole).toBool() || !m_readOnlyAccess);
    setAccess(readOnly, m_readOnlyAccess);
    connect(
        readOnly, &QAction::triggered, this, [this, id](bool isChecked) { Q_EMIT readOnlyRequested(id, isChecked); });
    menu->addAction(tr("&Environment…"), this, [this, id] { Q_EMIT environmentRequested(id); });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void ClusterListPanel::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Look::color(Look::Side));
}
