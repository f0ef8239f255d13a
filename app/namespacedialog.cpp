// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/namespacedialog.h"

#include "services/domain/namespacename.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/look.h"
#include "widgets/common/painting.h"
#include "widgets/common/typinglimit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace {

constexpr int dialogWidth = 440;

}

NamespaceDialog::NamespaceDialog(const QString &current, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QLineEdit(current, this))
    , m_field(new Field(tr("&Namespace"), m_edit, this))
    , m_show(new QPushButton(tr("&Show"), this))
{
    setObjectName(QStringLiteral("namespaceDialog"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Messaging in another namespace"));
    setMinimumWidth(dialogWidth);
    setBackgroundRole(QPalette::Base);
    m_edit->setObjectName(QStringLiteral("namespaceEdit"));
    limitTyping(m_edit);
    m_edit->selectAll();
    m_show->setObjectName(QStringLiteral("showNamespaceButton"));
    m_show->setProperty("primary", true);
    m_show->setDefault(true);
    layOut();
    connect(m_edit, &QLineEdit::textChanged, this, &NamespaceDialog::judge);
    connect(m_show, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(m_edit->text()); });
    judge();
}

void NamespaceDialog::layOut()
{
    auto *text = new QLabel(
        tr("NATS that was enabled there is shown. Where there is none, it can be enabled there in Settings; the "
           "namespace is made then, if it doesn't exist."),
        this);
    text->setWordWrap(true);
    setTextRole(text, Look::SoftText);
    auto *cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelNamespaceButton"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_show);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::spaceL, Look::spaceL, Look::spaceL, Look::spaceL);
    layout->setSpacing(Look::spaceM);
    layout->addWidget(text);
    layout->addWidget(m_field);
    layout->addLayout(buttons);
    setTabOrder(m_edit, cancel);
    setTabOrder(cancel, m_show);
}

void NamespaceDialog::judge()
{
    const QString problem = namespaceNameProblem(m_edit->text());
    m_field->setError(m_edit->text().isEmpty() ? QString() : problem);
    setDisabledReason(m_show, problem);
}
