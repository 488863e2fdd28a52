/* Starts Swagger UI on the page of the API's documentation. */

SwaggerUIBundle({
  domNode: document.getElementById("docs"),
  url: document.getElementById("docs").dataset.url,
  deepLinking: true,
  validatorUrl: null, // nothing is sent to other sites
});
