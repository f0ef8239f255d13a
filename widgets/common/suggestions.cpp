// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/suggestions.h"

#include "widgets/common/icons.h"

#include <QAbstractItemView>
#include <QAbstractListModel>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>

/// Shows an item with its note, and enters it without.
class Suggestions::Model final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    void setItems(const QList<Item> &items)
    {
        beginResetModel();
        m_items = items;
        endResetModel();
    }
    const QList<Item> &items() const { return m_items; }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_items.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const Item &item = m_items[index.row()];
        if (role == Qt::EditRole)
            return item.value;
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("%1  ·  %2").arg(item.value, item.note)) : QVariant();
    }

private:
    QList<Item> m_items;
};

Suggestions::Suggestions(QLineEdit *edit)
    : QObject(edit)
    , m_edit(edit)
    , m_completer(new QCompleter(this))
    , m_arrow(edit->addAction(Icons::icon(Icons::Name::ChevronDown), QLineEdit::TrailingPosition))
    , m_model(new Model(this))
{
    m_completer->setModel(m_model);
    m_completer->setCompletionRole(Qt::EditRole);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setMaxVisibleItems(12);
    m_arrow->setToolTip(tr("Show what there is (Down)"));
    m_arrow->setVisible(false);
    edit->setCompleter(m_completer);
    edit->installEventFilter(this);
    connect(m_arrow, &QAction::triggered, this, &Suggestions::showAll);
}

void Suggestions::setItems(const QList<Item> &items)
{
    if (m_model->items() == items)
        return; // what is open stays so
    m_model->setItems(items);
    m_arrow->setVisible(!items.isEmpty());
    // whoever types before they are there gets them as well
    const bool isTyping = m_edit->hasFocus() && m_edit->isModified() && !m_edit->text().isEmpty();
    if (!isTyping || m_edit->isReadOnly())
        return;
    m_completer->setCompletionPrefix(m_edit->text());
    m_completer->complete();
}

void Suggestions::showAll()
{
    m_edit->setFocus(Qt::OtherFocusReason);
    m_completer->setCompletionPrefix({});
    m_completer->complete();
}

bool Suggestions::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDown = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down;
    if (watched != m_edit || !isDown || m_edit->isReadOnly() || m_completer->popup()->isVisible()
        || m_model->rowCount() == 0)
        return QObject::eventFilter(watched, event);
    showAll();
    return true;
}
