// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptpasswordsdialog.h"

#include "services/keychain/keptpasswords.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/momenttext.h"
#include "widgets/common/painting.h"
#include "widgets/common/switch.h"
#include "widgets/common/tableview.h"
#include "widgets/common/wrappinglabel.h"

#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace {

constexpr QSize firstSize{720, 460};
constexpr int keyRole = Qt::UserRole + 100;

QString placeText(const KeptEntry &entry)
{
    return entry.isSessionOnly ? KeptPasswordsDialog::tr("Memory") : KeptPasswordsDialog::tr("Keychain");
}

QList<QStandardItem *> rowOf(const KeptEntry &entry)
{
    QList<QStandardItem *> row;
    for (const QString &text :
        {entry.clusterName, entry.id.nameSpace, entry.id.account, momentText(entry.fetchedAt), placeText(entry)}) {
        row.append(new QStandardItem(text));
        row.last()->setToolTip(text);
    }
    row.first()->setData(entry.id.key(), keyRole);
    return row;
}

} // namespace

KeptPasswordsDialog::KeptPasswordsDialog(KeptPasswords &passwords, QWidget *parent)
    : QDialog(parent)
    , m_passwords(passwords)
    , m_model(new QStandardItemModel(this))
    , m_switch(new Switch(tr("Keep passwords that are revealed or copied"), this))
    , m_message(new InlineMessage(this))
    , m_stack(new QStackedWidget(this))
    , m_table(new TableView(this))
    , m_empty(new EmptyState(this))
    , m_remove(new QPushButton(tr("&Remove"), this))
    , m_removeAll(new QPushButton(tr("Remove &all"), this))
    , m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(QStringLiteral("keptPasswordsDialog"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Kept passwords"));
    setBackgroundRole(QPalette::Base);
    resize(firstSize);
    m_switch->setObjectName(QStringLiteral("keepPasswordsSwitch"));
    m_switch->setCheckable(true);
    m_message->setObjectName(QStringLiteral("keychainMessage"));
    m_message->hide();
    m_remove->setObjectName(QStringLiteral("removePasswordButton"));
    m_removeAll->setObjectName(QStringLiteral("removeAllPasswordsButton"));
    m_close->setObjectName(QStringLiteral("closePasswordsButton"));
    for (QPushButton *button : {m_remove, m_removeAll})
        button->setAutoDefault(false);
    m_close->setDefault(true);
    createTable();
    layOut();
    follow();
    renew();
    (m_entries.isEmpty() ? static_cast<QWidget *>(m_switch) : m_table)->setFocus();
}

void KeptPasswordsDialog::createTable()
{
    m_model->setHorizontalHeaderLabels({tr("Cluster"), tr("Namespace"), tr("Account"), tr("Fetched"), tr("Kept in")});
    m_table->setObjectName(QStringLiteral("keptPasswordsTable"));
    m_table->setAccessibleName(tr("Kept passwords"));
    m_table->setModel(m_model);
    m_table->setMenuBuilder([this](QMenu *menu, const QModelIndex &) {
        QAction *remove = menu->addAction(tr("Remove"), this, &KeptPasswordsDialog::removeSelected);
        remove->setShortcut(QKeySequence::Delete);
    });
    for (const auto &[column, width] : {std::pair(0, 150), {1, 150}, {2, 110}, {3, 160}})
        m_table->setColumnWidth(column, width);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
}

void KeptPasswordsDialog::layOut()
{
    auto *heading = new WrappingLabel(this);
    heading->setText(tr("Passwords kept on this workstation"));
    heading->setFont(Look::sectionFont());
    auto *words = new WrappingLabel(this);
    words->setText(
        tr("A password that you reveal or copy is put into the keychain of this workstation, so that it need not be "
           "fetched again. It is shown from there only while the cluster still holds the same one. No password is "
           "shown here, and none is ever put into a file."));
    setTextRole(words, Look::SoftText);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addWidget(m_removeAll);
    buttons->addStretch();
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(heading);
    layout->addWidget(words);
    layout->addWidget(m_switch);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addLayout(buttons);
    setTabOrder(m_switch, m_table);
    setTabOrder(m_table, m_remove);
    setTabOrder(m_remove, m_removeAll);
    setTabOrder(m_removeAll, m_close);
}

void KeptPasswordsDialog::follow()
{
    connect(&m_passwords, &KeptPasswords::entriesChanged, this, &KeptPasswordsDialog::renew);
    connect(&m_passwords, &KeptPasswords::isOnChanged, this, &KeptPasswordsDialog::renew);
    connect(&m_passwords, &KeptPasswords::problemChanged, this, &KeptPasswordsDialog::renew);
    connect(&m_passwords, &KeptPasswords::waitingForPersonChanged, this, &KeptPasswordsDialog::renew);
    connect(m_switch, &Switch::toggled, &m_passwords, &KeptPasswords::setOn);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &KeptPasswordsDialog::renewButtons);
    connect(m_remove, &QPushButton::clicked, this, &KeptPasswordsDialog::removeSelected);
    connect(m_removeAll, &QPushButton::clicked, this, &KeptPasswordsDialog::removeAll);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_message, &InlineMessage::actionTriggered, this, &KeptPasswordsDialog::tryAgain);
    const auto *key = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &KeptPasswordsDialog::removeSelected);
}

void KeptPasswordsDialog::renew()
{
    m_switch->setChecked(m_passwords.isOn());
    renewRows(m_passwords.entries());
    const bool hadKeyboard = m_table->hasFocus();
    m_stack->setCurrentWidget(m_entries.isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
    if (hadKeyboard && m_entries.isEmpty())
        m_close->setFocus();
    m_empty->setContent(Icons::Name::Key, tr("No passwords are kept"),
        m_passwords.isOn() ? tr("The first one comes here when you reveal or copy it on a connection card.")
                           : tr("Each is read from its cluster when you reveal or copy it, and forgotten again."));
    renewMessage();
    renewButtons();
}

/// Whose rows stay are left alone, so that they stay selected.
void KeptPasswordsDialog::renewRows(const QList<KeptEntry> &entries)
{
    if (m_entries == entries)
        return;
    m_entries = entries;
    const auto indexOf = [this](const QString &key) {
        const auto found = std::find_if(
            m_entries.cbegin(), m_entries.cend(), [&key](const KeptEntry &entry) { return entry.id.key() == key; });
        return found - m_entries.cbegin();
    };
    QStringList shown;
    for (int row = m_model->rowCount() - 1; row >= 0; --row) {
        const QString key = m_model->item(row)->data(keyRole).toString();
        const auto index = indexOf(key);
        if (index == m_entries.size()) {
            m_model->removeRow(row);
            continue;
        }
        shown.append(key);
        const KeptEntry &entry = m_entries[index];
        m_model->item(row, 3)->setText(momentText(entry.fetchedAt));
        m_model->item(row, 4)->setText(placeText(entry));
    }
    for (const KeptEntry &entry : std::as_const(m_entries)) {
        if (!shown.contains(entry.id.key()))
            m_model->appendRow(rowOf(entry));
    }
}

void KeptPasswordsDialog::renewMessage()
{
    const std::optional<Error> problem = m_passwords.isOn() ? m_passwords.problem() : std::nullopt;
    m_message->setVisible(m_passwords.isWaitingForPerson() || problem);
    if (m_passwords.isWaitingForPerson()) {
        m_message->setAction({});
        m_message->showStanding(Tone::Accent, tr("The keychain is to be unlocked"),
            tr("Its own window asks for that. This goes on by itself afterwards."));
    } else if (problem) {
        m_message->setAction(tr("&Try again"));
        m_message->actionButton()->setObjectName(QStringLiteral("tryKeychainButton"));
        m_message->showStanding(Tone::Warning, tr("The keychain is not used"),
            tr("%1 What you reveal is kept in memory, until Pennant is closed.").arg(problem->summary),
            problem->detail);
    }
}

void KeptPasswordsDialog::renewButtons()
{
    const QString busy = m_running.isAsked() ? tr("The keychain has not answered yet.") : QString();
    const QString none = m_entries.isEmpty() ? tr("No passwords are kept.") : QString();
    const QString unselected = selectedIds().isEmpty() ? tr("Select a password first.") : QString();
    setDisabledReason(m_removeAll, busy.isEmpty() ? none : busy);
    setDisabledReason(m_remove, !busy.isEmpty() ? busy : !none.isEmpty() ? none : unselected);
}

QList<KeptId> KeptPasswordsDialog::selectedIds() const
{
    QList<KeptId> ids;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        for (const KeptEntry &entry : m_entries) {
            if (entry.id.key() == row.data(keyRole).toString())
                ids.append(entry.id);
        }
    }
    return ids;
}

void KeptPasswordsDialog::removeSelected()
{
    if (m_running.isAsked())
        return;
    m_toRemove = selectedIds();
    if (!m_toRemove.isEmpty())
        await(m_passwords.remove(m_toRemove.takeFirst()));
}

void KeptPasswordsDialog::removeAll()
{
    m_toRemove.clear();
    await(m_passwords.removeAll());
}

/// Why it failed is the keychain's problem, which is told.
void KeptPasswordsDialog::await(Pending<void> removal)
{
    m_running = std::move(removal);
    m_running.then(this, [this](const Result<void> &removed) {
        m_running.drop();
        if (removed && !m_toRemove.isEmpty())
            return await(m_passwords.remove(m_toRemove.takeFirst()));
        m_toRemove.clear();
        renew();
    });
    renewButtons();
}

void KeptPasswordsDialog::tryAgain()
{
    if (!m_running.isAsked())
        await(m_passwords.tryAgain());
}
